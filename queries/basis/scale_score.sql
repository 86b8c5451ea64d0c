-- title: Skor menurut predikat | Scores by label
-- grain: scale, word
-- # A class is named by its label or by its grade.
with named as (
    select
        c.scale,
        word_key(c.label) as word,
        c.score,
    from scale_class as c
    union all
    select
        c.scale,
        word_key(c.grade) as word,
        c.score,
    from scale_class as c
)

select
    n.scale,
    n.word,
    max(n.score) as score,
from named as n
where n.word is not null
group by n.scale, n.word
