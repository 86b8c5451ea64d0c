-- title: Angka tercetak dibulatkan | Printed figure is rounded
-- place: 220
-- check: note
-- message en: {place}: printed “{stated}” is rounded; the table gives {computed}.
-- message id: {place}: tercetak “{stated}”, dibulatkan; tabelnya memuat {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'rounded'
