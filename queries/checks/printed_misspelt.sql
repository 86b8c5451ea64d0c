-- title: Ejaan nama berbeda | Name is spelt differently
-- place: 214
-- check: warning
-- message en: {place}: printed “{stated}”, the facts write “{computed}”.
-- message id: {place}: tercetak “{stated}”, padahal datanya “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: text "Seharusnya | Computed"
select p.* replace (p.words as computed)
from basis.printed_finding as p
where p.verdict = 'misspelt'
