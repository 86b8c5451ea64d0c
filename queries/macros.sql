-- The one home of every formula. Target and result give a percent; where either is
-- missing the percent is null, never 0.
--
-- Every divisor stands in nullif, and products come before quotients. DuckDB divides in
-- binary: a quotient becomes DECIMAL at once, ten decimals wide, which drops the binary
-- noise, so that the one rounding at the end sees the figure that a hand computes.
-- Branches of a `case` are cast alike, since DuckDB otherwise gives up decimals to fit the
-- widest of them. A macro repeats its arguments: hand it columns, not whole formulas.

create or replace macro ratio_pct(numerator, denominator) as
    cast(100.0 * numerator / nullif(denominator, 0) as decimal(38, 10));

-- 100 when it is met, 0 when it is not, null when nobody knows.
create or replace macro met_pct(is_met) as
    cast(case when is_met then 100 when not is_met then 0 end as decimal(38, 10));

-- A percent as it is printed: two decimals, always.
create or replace macro printed_pct(figure, mode) as
    case
        when mode = 'truncate' then cast(trunc(figure, 2) as decimal(38, 2))
        else cast(round(figure, 2) as decimal(38, 2))
    end;

create or replace macro printed_ratio_pct(numerator, denominator) as
    printed_pct(ratio_pct(numerator, denominator), 'half_up');

-- A cap that is null caps nothing, and a figure that is null stays so; least() would pass
-- over both.
create or replace macro capped(figure, cap) as
    case when figure > cap then cast(cap as decimal(38, 10)) else figure end;

-- The plain mean of what is known; an aggregate.
create or replace macro plain_mean(figure) as
    cast(sum(figure) / nullif(count(figure), 0) as decimal(38, 10));

-- Money, which sum() would widen; an aggregate. A sum that no column of money can hold is
-- null, so that a key held down too long takes no table off the screen.
create or replace macro total_amount(amount) as try_cast(sum(amount) as bigint);

-- Stages and plans.

-- Of what both stages state, the one that counts in a stage.
create or replace macro of_stage(stage, initial, revised) as
    case stage when 'revised' then revised else initial end;

create or replace macro stage_name(stage) as of_stage(stage, 'Murni', 'Perubahan');

create or replace macro plan_name(plan) as
    case plan
        when 'annual_plan' then 'RKT'
        when 'strategic' then 'Renstra'
        else 'PK'
    end;

-- The column of sheet.indicators that holds a plan's target.
create or replace macro target_column(plan) as
    'target_' || case plan when 'annual_plan' then 'annual' else plan end;

-- The achievement.

-- The bound that a result is held against. Only `range` has two: the upper one counts for
-- a result above it, and while it is not filled, nothing can be said of such a result.
create or replace macro bound(formula, target, upper_value, result) as
    case
        when formula = 'range' and not result < target then upper_value
        else target
    end;

-- Whether the result reaches its bound, in the direction that the formula wants.
create or replace macro reaches(formula, target, upper_value, result) as
    case
        when formula = 'range' then result between target and upper_value
        when formula like 'minimize%' then result <= target
        else result >= target
    end;

create or replace macro achievement_numerator(formula, target, upper_value, result) as
    case
        when formula in ('maximize', 'ordinal') then result
        when formula = 'minimize' then 2 * target - result
        when formula = 'minimize_inverse' then target
        when formula = 'minimize_reduction' then target - result
        when formula = 'range' and result < target then result
        when formula = 'range' then 2 * upper_value - result
    end;

create or replace macro achievement_denominator(formula, target, upper_value, result) as
    case
        when formula = 'minimize_inverse' then result
        else bound(formula, target, upper_value, result)
    end;

-- The achievement before its cap. `words_met` is whether a target in words is met.
-- A ratio needs a bound and a divisor above zero: below it, what is better counts as less.
-- Without them it is null by default; by the policy `met`, whether the result reaches its
-- bound. What is minimized does not fall below 0, and greatest() passes over the null that
-- spares the other formulas.
create or replace macro achievement_raw_pct(
    formula, zero_policy, target, upper_value, result, words_met
) as
    case
        when formula = 'met' then met_pct(coalesce(result >= target, words_met))
        when bound(formula, target, upper_value, result) is null or result is null
            then cast(null as decimal(38, 10))
        when formula = 'range' and reaches(formula, target, upper_value, result)
            then met_pct(true)
        when
            least(
                bound(formula, target, upper_value, result),
                achievement_denominator(formula, target, upper_value, result)
            ) > 0
            then greatest(
                ratio_pct(
                    achievement_numerator(formula, target, upper_value, result),
                    achievement_denominator(formula, target, upper_value, result)
                ),
                case
                    when formula = 'minimize' or (formula = 'range' and not result < target)
                        then 0
                end
            )
        when zero_policy = 'met'
            then met_pct(reaches(formula, target, upper_value, result))
    end;

-- Scales.

-- Words as they are compared.
create or replace macro word_key(words) as lower(trim(words, ' ()'));

create or replace macro same_words(one, other) as word_key(one) = word_key(other);

-- Scales are half-open: a figure belongs to the highest class whose bound it reaches.
create or replace macro scale_label(scale_name, figure) as (
    select
        c.label
    from scale_class as c
    where
        c.scale = scale_name
        and figure is not null
        and (
            c.lower_bound is null
            or figure > c.lower_bound
            or (c.lower_inclusive and figure = c.lower_bound)
        )
    order by c.lower_bound desc nulls last, c.lower_inclusive, c.scale_class_id
    limit 1
);

-- The scale on which an indicator's figures are scores, each with a label; null where they are not.
create or replace macro rank_scale(formula, scale_name) as
    case when formula = 'ordinal' then scale_name end;

-- The label of a figure on its indicator's scale: of the class with this score where figures are
-- scores, else of the class that the figure belongs to.
create or replace macro figure_label(formula, scale_name, figure) as
    coalesce(
        (
            select max(c.label)
            from scale_class as c
            where c.scale = rank_scale(formula, scale_name) and c.score = figure
        ),
        scale_label(scale_name, figure)
    );

-- The figure that a formula takes: `ordinal` takes the score of words without a figure.
create or replace macro measure(formula, figure, score) as
    case
        when formula = 'ordinal' then cast(coalesce(figure, score) as decimal(38, 4))
        else cast(figure as decimal(38, 4))
    end;

-- Quarters, as aggregates over the rows of one year.

-- The year's figure out of its quarters; null without a filled quarter.
create or replace macro quarters_figure(quarter_rule, figure, quarter) as
    case quarter_rule
        when 'sum' then
            cast(sum(figure) filter (where quarter > 0) as decimal(38, 4))
        when 'mean' then
            cast(
                sum(figure) filter (where quarter > 0)
                / nullif(count(figure) filter (where quarter > 0), 0)
                as decimal(38, 4)
            )
        else
            cast(
                arg_max(figure, quarter) filter (where quarter > 0) as decimal(38, 4)
            )
    end;

-- The words that stand for the year: those of the last quarter that has some.
create or replace macro quarters_words(words, quarter) as
    arg_max(words, quarter) filter (where quarter > 0);

-- The words that stand behind the year's figure; one of its own has none of the quarters'.
create or replace macro year_words(stored_figure, stored_words, quarters_words) as
    case
        when stored_figure is null then coalesce(stored_words, quarters_words)
        else stored_words
    end;

-- Print.

-- Words as print is held against them: neither case, spaces nor marks tell names apart. The
-- marks are listed, since reading the classes of all letters takes 2 ms each time.
create or replace macro letters(words) as
    regexp_replace(
        lower(words),
        '[\x{00}-\x{2F}\x{3A}-\x{60}\x{7B}-\x{A9}\x{AB}-\x{B1}\x{B4}'
        || '\x{B6}-\x{B8}\x{BB}\x{BF}\x{D7}\x{F7}\x{2000}-\x{206F}]+',
        '',
        'g'
    );

-- Whether words are the same name written wrongly: at most a fourth of the letters differ.
create or replace macro is_near(one, other) as
    4 * levenshtein(letters(one), letters(other)) <= length(letters(other));

-- A code as it is compared; codes of two and of four digits stay two.
create or replace macro code_key(code) as
    nullif(rtrim(replace(upper(code), ' ', ''), '.'), '');

-- How many steps a code takes below its first part: `7.01.01` takes two, `0001` none.
create or replace macro code_depth(code) as
    length(code) - length(replace(code, '.', ''));

-- A figure with as many decimals as were printed, four at most; DuckDB wants them constant.
create or replace macro rounded_to(figure, places) as
    case places
        when 0 then cast(round(figure, 0) as decimal(38, 10))
        when 1 then cast(round(figure, 1) as decimal(38, 10))
        when 2 then cast(round(figure, 2) as decimal(38, 10))
        when 3 then cast(round(figure, 3) as decimal(38, 10))
        else cast(round(figure, 4) as decimal(38, 10))
    end;

create or replace macro cut_to(figure, places) as
    case places
        when 0 then cast(trunc(figure, 0) as decimal(38, 10))
        when 1 then cast(trunc(figure, 1) as decimal(38, 10))
        when 2 then cast(trunc(figure, 2) as decimal(38, 10))
        when 3 then cast(trunc(figure, 3) as decimal(38, 10))
        else cast(trunc(figure, 4) as decimal(38, 10))
    end;

-- Figures within words, in the report's marks, exact, with the decimals that they need; short,
-- since every view that shows an achievement takes them in. Fifteen digits are certain.
create or replace macro figure_text(figure) as
    translate(rtrim(rtrim(format('{:,.4f}', cast(figure as double)), '0'), '.'), ',.', '.,');

create or replace macro amount_text(amount) as replace(format('{:,}', amount), ',', '.');

-- Formulas in words.

-- A formula in words, R the result and T the target.
create or replace macro formula_words(formula) as
    case formula
        when 'maximize' then 'R ÷ T × 100'
        when 'minimize' then '(2 × T − R) ÷ T × 100'
        when 'minimize_inverse' then 'T ÷ R × 100'
        when 'minimize_reduction' then '(T − R) ÷ T × 100'
        when 'range' then '100 di dalam rentang, di luarnya terhadap batas terdekat'
        when 'ordinal' then 'skor R ÷ skor T × 100'
        when 'met' then '100 bila terpenuhi, selain itu 0'
    end;

create or replace macro cap_words(cap) as
    coalesce(', paling tinggi ' || figure_text(cap) || ' %', '');

create or replace macro formula_text(formula, cap) as
    formula_words(formula) || cap_words(cap);

-- The formula that a result is reckoned by in the end: outside its range a result is
-- minimized or maximized towards the nearest bound, and nothing is divided by zero.
create or replace macro applied_formula(formula, target, upper_value, result) as
    case
        when bound(formula, target, upper_value, result) = 0 then 'met'
        when formula <> 'range' or reaches(formula, target, upper_value, result)
            then formula
        when result < target then 'maximize'
        else 'minimize'
    end;

-- An applied formula with its figures put in; the bound is the one that the result is
-- held against.
create or replace macro achievement_formula_text(
    applied, cap, target_text, upper_text, bound_text, result_text
) as
    case applied
        when 'met' then
            result_text || ' dengan target ' || bound_text || ': ' || formula_words(applied)
        when 'range' then
            result_text || ' di dalam rentang ' || target_text || ' – ' || upper_text || ': 100'
        else replace(replace(formula_words(applied), 'R', result_text), 'T', bound_text)
    end
    || case when applied = 'minimize' then ', paling rendah 0 %' else '' end
    || cap_words(cap);

-- A percent of two amounts with these put in.
create or replace macro ratio_text(numerator, denominator) as
    amount_text(numerator) || ' ÷ ' || amount_text(denominator) || ' × 100';
