-- title: Batas bawah ganda | Lower bound given twice
-- place: 36
-- check: warning
-- message en: {place}: the lower bound {stated} is also that of “{computed}”, so one of the two is never reached.
-- message id: {place}: batas bawah {stated} juga dipakai “{computed}”, sehingga salah satunya tidak pernah tercapai.
-- grain: fiscal_year, finding_key
-- column place: text "Predikat | Label"
-- column stated: index "Batas bawah | Lower bound"
-- column computed: text "Predikat lain | Other label"
-- # `> 100` above `>= 100` is a class for just one figure, hence right; a scale of words has no
-- # bounds at all.
with bounded as (
    select
        c.scale_class_id,
        c.scale,
        c.label,
        c.lower_bound,
        first_value(c.scale_class_id) over same_bound as first_id,
        first_value(c.label) over same_bound as first_label,
    from scale_class as c
    where c.lower_bound is not null
    window same_bound as (
        partition by c.scale, c.lower_bound, c.lower_inclusive
        order by c.scale_class_id
    )
)

select
    y.fiscal_year,
    'scale_class/' || b.scale_class_id as finding_key,
    'sheet.scales' as view_name,
    'scale_class/' || b.scale_class_id as row_key,
    'lower_bound' as column_name,
    concat_ws(', ', b.scale, b.label) as place,
    b.lower_bound as stated,
    b.first_label as computed,
from report_year as y
cross join bounded as b
where b.scale_class_id <> b.first_id
