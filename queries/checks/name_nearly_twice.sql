-- title: Nama hampir sama | Names nearly the same
-- place: 134
-- check: note
-- message en: {place}: only “{word}” tells it from number {first_number}, which has “{first_word}”; is it one name in two spellings?
-- message id: {place}: hanya “{word}” yang membedakannya dari nomor {first_number}, yang memuat “{first_word}”; apakah satu nama dengan dua ejaan?
-- grain: fiscal_year, finding_key
-- column place: text "Nama | Name"
-- column word: text "Kata | Word"
-- column first_word: text "Kata yang lain | Other word"
-- column first_number: rank "No yang lain | Other number"
-- column stated: text "Nama | Name"
-- column computed: text "Nama yang lain | Other name"
select
    y.fiscal_year,
    s.row_key as finding_key,
    s.view_name,
    s.row_key,
    'name' as column_name,
    s.name as place,
    n.word,
    n.first_word,
    f.number as first_number,
    s.name as stated,
    f.name as computed,
from basis.sibling_near as n
inner join basis.sibling as s on s.thing = n.thing and s.thing_id = n.thing_id
inner join basis.sibling as f on f.thing = n.thing and f.thing_id = n.first_id
inner join basis.sibling_year as y
    on y.thing = n.thing and y.thing_id = n.thing_id and y.plan = ''
inner join basis.sibling_year as x
    on x.thing = n.thing
    and x.thing_id = n.first_id
    and x.plan = ''
    and x.fiscal_year = y.fiscal_year
qualify
    row_number() over (partition by y.fiscal_year, s.row_key order by n.first_id) = 1
