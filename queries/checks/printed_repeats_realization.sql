-- title: Capaian mengulang realisasi | Achievement repeats the realization
-- place: 202
-- check: error
-- message en: {place}: printed “{stated}” is the realization over again; the achievement is {computed}.
-- message id: {place}: tercetak “{stated}”, yaitu realisasinya; capaiannya {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'repeats_realization'
