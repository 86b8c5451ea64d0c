-- title: Tercetak tanpa data pembanding | Printed without a counterpart
-- place: 222
-- check: note
-- message en: {place}: printed “{stated}” has no fact to be held against.
-- message id: {place}: tercetak “{stated}”, tanpa data pembanding.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
select
    p.fiscal_year,
    'printed_figure/' || p.printed_figure_id as finding_key,
    'sheet.printed_figures' as view_name,
    'printed_figure/' || p.printed_figure_id as row_key,
    'printed' as column_name,
    p.spot as place,
    p.printed as stated,
    cast(null as varchar) as computed,
from basis.proof as p
where p.verdict = 'no_counterpart'
