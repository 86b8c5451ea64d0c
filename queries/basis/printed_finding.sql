-- title: Temuan angka tercetak | Findings about printed figures
-- grain: fiscal_year, finding_key
-- # What the rules about print return: a rule adds its verdict. A figure without a counterpart
-- # leads to itself, all others to the cell that they are held against.
select
    p.fiscal_year,
    'printed_figure/' || p.printed_figure_id as finding_key,
    case when p.has_counterpart then p.view_name else 'sheet.printed_figures' end as view_name,
    case
        when p.has_counterpart then p.row_key
        else 'printed_figure/' || p.printed_figure_id
    end as row_key,
    case when p.has_counterpart then p.column_name else 'printed' end as column_name,
    concat_ws(', ', p.place, p.row_label, p.column_label) as place,
    p.printed as stated,
    p.computed,
    p.computed - p.value as difference,
    p.kind,
    p.words,
    p.program_name,
    p.verdict,
from basis.proof as p
where p.verdict <> 'equal'
