-- title: Tercetak tanpa data pembanding | Printed without a counterpart
-- place: 222
-- check: note
-- message en: {place}: printed “{stated}” has no fact to be held against.
-- message id: {place}: tercetak “{stated}”, tanpa data pembanding.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
select p.*
from basis.printed_finding as p
where p.verdict = 'no_counterpart'
