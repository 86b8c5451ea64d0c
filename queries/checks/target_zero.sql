-- title: Capaian tidak dapat dihitung karena target nol | No achievement of a target of zero
-- place: 120
-- check: note
-- message en: {place}: a target of zero has no ratio, so no achievement is printed; the policy “met” would judge it.
-- message id: {place}: target nol tidak mempunyai rasio, sehingga capaian tidak tercetak; aturan “met” dapat menilainya.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column stated: by value_kind "Target"
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    'achievement_pct' as column_name,
    i.indicator_name as place,
    i.value_kind,
    i.decimals,
    i.target as stated,
    i.achievement_pct as computed,
from basis.indicator_year as i
where i.target = 0 and i.realization is not null and i.achievement_pct is null
