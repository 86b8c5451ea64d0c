-- title: Tahun lain tercetak | Another year is printed
-- place: 210
-- check: error
-- message en: {place}: printed “{stated}”, this report is about {computed}.
-- message id: {place}: tercetak “{stated}”, padahal yang benar {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'other_year'
