-- title: Program di sasaran lain | Program counted under another objective
-- place: 204
-- check: error
-- message en: {place}: printed “{stated}” and {computed} differ by just the budget of “{program_name}”, which is counted under another objective or twice.
-- message id: {place}: tercetak “{stated}”, seharusnya {computed}; selisihnya tepat anggaran “{program_name}”, yang dihitung di sasaran lain atau dua kali.
-- grain: fiscal_year, finding_key
-- column place: text "Tempat | Place"
-- column program_name: text "Program"
-- column stated: text "Tercetak | Printed"
-- column computed: by kind "Seharusnya | Computed"
select p.*
from basis.printed_finding as p
where p.verdict = 'program_misplaced'
