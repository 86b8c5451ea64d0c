-- title: Skala | Scales
-- place: 110
-- grain: fiscal_year, row_key
-- order: scale, lower_bound desc, scale_class_id
-- column scale: text "Skala | Scale" once
-- column label: text "Predikat | Label"
-- column grade: text "Kelas | Grade"
-- column lower_bound: index "Batas bawah | Lower bound"
-- column lower_inclusive: flag "Batas termasuk | Bound included"
-- column score: index "Skor | Score"
-- column color: text "Warna | Colour"
-- edit scale: scale_class.scale (scale_class_id)
-- edit label: scale_class.label (scale_class_id)
-- edit grade: scale_class.grade (scale_class_id)
-- edit lower_bound: scale_class.lower_bound (scale_class_id)
-- edit lower_inclusive: scale_class.lower_inclusive (scale_class_id)
-- edit score: scale_class.score (scale_class_id)
-- edit color: scale_class.color (scale_class_id)
-- row: scale_class (scale)
-- row: scale_class ()
select
    y.fiscal_year,
    'scale_class/' || c.scale_class_id as row_key,
    c.scale_class_id,
    c.scale,
    c.label,
    c.grade,
    c.lower_bound,
    c.lower_inclusive,
    c.score,
    c.color,
from report_year as y
cross join scale_class as c
