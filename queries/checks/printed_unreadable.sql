-- title: Angka tercetak tidak terbaca | Printed figure is malformed
-- place: 208
-- check: error
-- message en: {place}: printed “{stated}” is no well-formed number; computed {computed}.
-- message id: {place}: tercetak “{stated}”, bukan angka yang utuh; seharusnya {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'unreadable'
