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
-- # Names that differ in one long word, and there by a letter, or two of ten. Short words tell
-- # things apart (SD and SMP, RKA and DPA, II and III), and so does what precedes a word
-- # (organik and anorganik), hence its first letter is the same.
with worded as (
    select
        s.thing,
        s.parent_key,
        s.thing_id,
        lower(s.name) as name,
        unnest(string_split(lower(s.name), ' ')) as word,
    from basis.sibling as s
),

-- What is left of a name without one word is the same in names that differ in that word.
spelt as (
    select
        w.thing,
        w.thing_id,
        w.word,
        hash(w.thing, w.parent_key, left(w.word, 1), replace(w.name, w.word, '*'))
            as rest,
    from worded as w
    where length(w.word) >= 6
),

alike as (
    select
        s.rest,
    from spelt as s
    group by s.rest
    having min(s.word) <> max(s.word)
),

near as (
    select
        n.thing,
        n.thing_id,
        n.word,
        f.thing_id as first_id,
        f.word as first_word,
    from alike as a
    inner join spelt as n on n.rest = a.rest
    inner join spelt as f on f.rest = a.rest and f.thing_id < n.thing_id
    where
        5 * damerau_levenshtein(f.word, n.word) <= least(length(f.word), length(n.word))
        and letters(f.word) <> letters(n.word)
        and not regexp_matches(n.word || f.word, '[0-9]')
)

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
from near as n
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
