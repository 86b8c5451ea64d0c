-- title: Indikator di luar PK | Indicator outside the agreement
-- place: 46
-- check: warning
-- message en: {place}: the {stated} names this indicator, the agreement in force ({computed}) does not.
-- message id: {place}: tercantum dalam {stated}, tetapi tidak dalam {computed} yang berlaku.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column stated: text "Tercantum dalam | Named in"
-- column computed: text "Tidak tercantum dalam | Not named in"
select
    m.fiscal_year,
    'indicator/' || m.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || m.indicator_id as row_key,
    target_column(m.stage) as column_name,
    m.indicator_name as place,
    m.other_plans as stated,
    plan_name(m.stage) as computed,
from basis.plan_membership as m
where m.has_agreement and m.other_plans is not null and not m.in_agreement
