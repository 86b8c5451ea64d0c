-- title: Angka tercetak dipotong | Printed figure is cut off
-- place: 218
-- check: note
-- message en: {place}: printed “{stated}” is cut off, not rounded; computed {computed}.
-- message id: {place}: tercetak “{stated}”, dipotong tanpa pembulatan; seharusnya {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'truncated'
