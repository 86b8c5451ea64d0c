-- title: Tanda angka bercampur | Marks of a number are mixed
-- place: 216
-- check: warning
-- message en: {place}: “{stated}” mixes comma and dot; it reads as {computed}.
-- message id: {place}: “{stated}” mencampur koma dan titik; terbaca {computed}.
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
where p.verdict = 'mixed_marks'
