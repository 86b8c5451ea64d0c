-- title: Angka tercetak salah | Printed figure is wrong
-- place: 200
-- check: error
-- message en: {place}: printed “{stated}”, computed {computed}.
-- message id: {place}: tercetak “{stated}”, seharusnya {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select
    p.fiscal_year,
    'printed_figure/' || p.printed_figure_id as finding_key,
    p.view_name,
    p.row_key,
    p.column_name,
    p.spot as place,
    p.kind,
    p.printed as stated,
    p.computed as computed,
    p.computed - p.value as difference,
from basis.proof as p
where p.verdict in ('wrong', 'left_out')
