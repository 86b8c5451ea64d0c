-- title: Angka tercetak | Printed figures
-- place: 110
-- # What a published report printed, word for word, and the cell it is held against. What the
-- # proof says of each stands among the findings: it looks at the whole report, this sheet not.
-- grain: fiscal_year, row_key
-- order: printed_figure_id
-- column place: text "Tempat | Place" once
-- column row_label: text "Baris | Row" once
-- column column_label: text "Kolom | Column"
-- column printed: text "Tercetak | Printed"
-- column value: index "Terbaca | Reads as"
-- column view_name: text "Tabel | Table"
-- column cell_row_key: text "Kunci baris | Row key"
-- column column_name: text "Nama kolom | Column name"
-- edit place: printed_figure.place (printed_figure_id)
-- edit row_label: printed_figure.row_label (printed_figure_id)
-- edit column_label: printed_figure.column_label (printed_figure_id)
-- edit printed: printed_figure.printed (printed_figure_id)
-- edit view_name: printed_figure.view_name (printed_figure_id)
-- edit cell_row_key: printed_figure.row_key (printed_figure_id)
-- edit column_name: printed_figure.column_name (printed_figure_id)
-- from value: sheet.printed_figures.printed (row_key) "{printed}"
-- row: printed_figure (fiscal_year)
select
    p.fiscal_year,
    'printed_figure/' || p.printed_figure_id as row_key,
    p.printed_figure_id,
    p.place,
    p.row_label,
    p.column_label,
    p.printed,
    p.value,
    p.view_name,
    p.row_key as cell_row_key,
    p.column_name,
from printed_figure as p
