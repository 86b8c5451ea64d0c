-- title: Capaian tidak dapat dihitung | Achievement cannot be computed
-- place: 125
-- check: note
-- message en: {place}: the formula ({formula_text}) makes no achievement of the target {stated} and the result {realization}: words without a score, a bound that is not filled, or a target or divisor that is not above zero.
-- message id: {place}: rumus ({formula_text}) tidak menghasilkan capaian dari target {stated} dan realisasi {realization}: kata tanpa skor, batas yang belum diisi, atau target atau pembagi yang tidak di atas nol.
-- grain: fiscal_year, finding_key
-- column place: text "Indikator | Indicator"
-- column formula_text: text "Rumus | Formula"
-- column stated: by value_kind "Target" with target_label
-- column realization: by value_kind "Realisasi | Result" with realization_label
-- # A target of zero has a rule of its own, and so have words outside a scale and what is not
-- # filled.
select
    i.fiscal_year,
    'indicator/' || i.indicator_id as finding_key,
    'sheet.indicators' as view_name,
    'indicator/' || i.indicator_id as row_key,
    'achievement_pct' as column_name,
    i.indicator_name as place,
    formula_text(d.formula, d.cap) as formula_text,
    i.value_kind,
    i.decimals,
    i.target as stated,
    i.target_label,
    i.realization,
    i.realization_label,
    i.achievement_pct as computed,
from basis.indicator_year as i
inner join indicator as d on d.indicator_id = i.indicator_id
where
    i.achievement_pct is null
    and i.target is distinct from 0
    and coalesce(cast(i.target as varchar), i.target_label) is not null
    and coalesce(cast(i.realization as varchar), i.realization_label) is not null
    and not exists (
        select 1
        from basis.labelled_figure as f
        where
            f.fiscal_year = i.fiscal_year
            and f.indicator_id = i.indicator_id
            and f.column_name in ('realization', target_column(i.plan))
            and f.is_outside_scale
    )
