-- title: Tanda angka bercampur | Marks of a number are mixed
-- place: 216
-- check: warning
-- message en: {place}: “{stated}” mixes comma and dot; it reads as {computed}.
-- message id: {place}: “{stated}” mencampur koma dan titik; terbaca {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'mixed_marks'
