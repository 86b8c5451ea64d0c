-- title: Rasio terbalik | Inverted ratio
-- place: 206
-- check: error
-- message en: {place}: printed “{stated}” is female to male; male to female it is {computed}.
-- message id: {place}: tercetak “{stated}”, yaitu perempuan terhadap laki-laki; laki-laki terhadap perempuan {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'inverted'
