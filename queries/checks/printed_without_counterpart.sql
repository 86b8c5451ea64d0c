-- title: Tercetak tanpa data pembanding | Printed without a counterpart
-- place: 222
-- check: note
-- message en: {place}: printed “{stated}” has no fact to be held against.
-- message id: {place}: tercetak “{stated}”, tanpa data pembanding.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- # One that names a cell which is not there has a rule of its own.
select p.*
from basis.printed_finding as p
inner join printed_figure as f
    on p.finding_key = 'printed_figure/' || f.printed_figure_id
where
    p.verdict = 'no_counterpart'
    and (
        p.view_name <> 'sheet.printed_figures'
        or coalesce(f.view_name, f.row_key, f.column_name) is null
    )
