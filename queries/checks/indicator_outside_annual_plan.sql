-- title: Indikator PK di luar RKT | Agreed indicator outside the annual plan
-- place: 47
-- check: note
-- message en: {place}: the agreement in force ({stated}) names this indicator, the {computed} does not.
-- message id: {place}: tercantum dalam {stated} yang berlaku, tetapi tidak dalam {computed}.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column stated: text "Tercantum dalam | Named in"
-- column computed: text "Tidak tercantum dalam | Not named in"
-- # A note, since an agreement may have been revised after its annual plan.
select
    m.fiscal_year,
    'indicator/' || m.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || m.indicator_id as row_key,
    'target_annual' as column_name,
    m.indicator_name as place,
    plan_name(m.stage) as stated,
    plan_name('annual_plan') as computed,
from basis.plan_membership as m
where m.has_annual_plan and m.in_agreement and not m.in_annual_plan
