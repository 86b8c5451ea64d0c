-- title: Nomor ganda | Number given twice
-- place: 132
-- check: warning
-- message en: {place}: number {stated} is also that of “{computed}”.
-- message id: {place}: nomor {stated} juga dipakai “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Nama | Name"
-- column stated: rank "No"
-- column computed: text "Yang bernomor sama | Of the same number"
select
    r.fiscal_year,
    r.row_key as finding_key,
    r.view_name,
    r.row_key,
    'number' as column_name,
    r.name as place,
    r.number as stated,
    r.first_name as computed,
from basis.sibling_repeat as r
where r.trait = 'number'
