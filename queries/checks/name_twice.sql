-- title: Nama ganda | Name given twice
-- place: 130
-- check: warning
-- message en: {place}: number {number} bears the same name as number {first_number}, “{computed}”.
-- message id: {place}: nomor {number} bernama sama dengan nomor {first_number}, “{computed}”.
-- grain: fiscal_year, finding_key
-- column place: text "Nama | Name"
-- column number: rank "No"
-- column first_number: rank "No yang lain | Other number"
-- column stated: text "Nama | Name"
-- column computed: text "Nama yang lain | Other name"
select
    r.fiscal_year,
    r.row_key as finding_key,
    r.view_name,
    r.row_key,
    'name' as column_name,
    r.name as place,
    r.number,
    r.first_number,
    r.name as stated,
    r.first_name as computed,
from basis.sibling_repeat as r
where r.trait = 'name'
