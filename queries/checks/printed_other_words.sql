-- title: Nama atau kata lain tercetak | Another name is printed
-- place: 212
-- check: error
-- message en: {place}: printed “{stated}”, the facts say “{computed}”.
-- message id: {place}: tercetak “{stated}”, padahal datanya “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: text "Seharusnya | Computed"
select p.* replace (p.words as computed)
from basis.printed_finding as p
where p.verdict = 'other_words'
