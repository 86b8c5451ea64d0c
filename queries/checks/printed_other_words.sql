-- title: Nama atau kata lain tercetak | Another name is printed
-- place: 212
-- check: error
-- message en: {place}: printed “{stated}”, the facts say “{computed}”.
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
where p.verdict = 'other_words'
