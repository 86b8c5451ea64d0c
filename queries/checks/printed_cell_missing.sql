-- title: Sel pembanding tidak ada | Cell to compare with is not there
-- place: 221
-- check: error
-- message en: {place}: “{stated}” is held against {cell}, which is no cell of the report; mend its table, row key or column name.
-- message id: {place}: “{stated}” dibandingkan dengan {cell}, padahal sel itu tidak ada; perbaiki tabel, kunci baris, atau nama kolomnya.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column cell: text "Sel | Cell"
select
    p.*,
    concat_ws(' · ', f.view_name, f.row_key, f.column_name) as cell,
from basis.printed_finding as p
inner join printed_figure as f
    on p.finding_key = 'printed_figure/' || f.printed_figure_id
where
    p.verdict = 'no_counterpart'
    and p.view_name = 'sheet.printed_figures'
    and coalesce(f.view_name, f.row_key, f.column_name) is not null
