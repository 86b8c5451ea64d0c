-- title: Nama yang hampir sama | Names nearly the same
-- grain: thing, thing_id, first_id, word
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
)

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
