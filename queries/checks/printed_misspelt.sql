-- title: Ejaan nama berbeda | Name is spelt differently
-- place: 214
-- check: warning
-- message en: {place}: printed “{stated}”, the facts write “{computed}”.
-- message id: {place}: tercetak “{stated}”, padahal datanya “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: text "Seharusnya | Computed"
select
    p.fiscal_year,
    'printed_figure/' || p.printed_figure_id as finding_key,
    p.view_name,
    p.row_key,
    p.column_name,
    p.spot as place,
    p.printed as stated,
    p.words as computed,
from basis.proof as p
where p.verdict = 'misspelt'
