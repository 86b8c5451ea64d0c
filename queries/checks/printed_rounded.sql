-- title: Angka tercetak dibulatkan | Printed figure is rounded
-- place: 220
-- check: note
-- message en: {place}: printed “{stated}” is rounded; the table gives {computed}.
-- message id: {place}: tercetak “{stated}”, dibulatkan; tabelnya memuat {computed}.
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
where p.verdict = 'rounded'
