-- title: Perubahan yang kosong | Empty revision
-- place: 16
-- check: warning
-- message en: {place}: the revision is in force and nothing of its “{stated}” is filled, while the initial agreement has {computed}; tables that read it are empty.
-- message id: {place}: perubahan sudah berlaku, tetapi “{stated}” belum diisi sama sekali, sedangkan yang murni ada {computed}; tabel yang membacanya kosong.
-- grain: fiscal_year, finding_key
-- column place: text "Tahun | Year"
-- column stated: text "Yang kosong | What is empty"
-- column computed: count "Terisi pada murni | Filled in the initial one"
select
    y.fiscal_year,
    'report_year/' || y.fiscal_year || '/' || i.part as finding_key,
    'sheet.report_years' as view_name,
    'report_year/' || y.fiscal_year as row_key,
    'stage' as column_name,
    cast(y.fiscal_year as varchar) as place,
    i.part as stated,
    i.filled as computed,
from report_year as y
inner join basis.staged_figure as i
    on i.fiscal_year = y.fiscal_year and i.stage = 'initial' and i.filled > 0
left join basis.staged_figure as r
    on r.fiscal_year = y.fiscal_year and r.stage = 'revised' and r.part = i.part
where y.stage = 'revised' and coalesce(r.filled, 0) = 0
