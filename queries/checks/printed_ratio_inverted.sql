-- title: Rasio terbalik | Inverted ratio
-- place: 206
-- check: error
-- message en: {place}: printed “{stated}” is female to male; male to female it is {computed}.
-- message id: {place}: tercetak “{stated}”, yaitu perempuan terhadap laki-laki; laki-laki terhadap perempuan {computed}.
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
where p.verdict = 'inverted'
