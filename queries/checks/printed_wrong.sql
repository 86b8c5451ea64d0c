-- title: Angka tercetak salah | Printed figure is wrong
-- place: 200
-- check: error
-- message en: {place}: printed “{stated}”, computed {computed}.
-- message id: {place}: tercetak “{stated}”, seharusnya {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict in ('wrong', 'left_out')
