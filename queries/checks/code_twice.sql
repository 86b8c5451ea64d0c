-- title: Kode ganda | Code given twice
-- place: 136
-- check: warning
-- message en: {place}: the code {stated} is also that of “{computed}”.
-- message id: {place}: kode {stated} juga dipakai “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Nama | Name"
-- column stated: text "Kode | Code"
-- column computed: text "Yang berkode sama | Of the same code"
select
    r.fiscal_year,
    r.row_key as finding_key,
    r.view_name,
    r.row_key,
    'code' as column_name,
    r.name as place,
    r.code as stated,
    r.first_name as computed,
from basis.sibling_repeat as r
where r.trait = 'code'
