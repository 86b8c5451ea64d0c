"""Every act a user can call: its key, its name and its help, declared once.

Footer, palette, help and key list are all made from `COMMANDS`, with the keys that
`key_settings` gives them; `scope` names where a command acts, and whoever owns that scope has a
method `do_<id>`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from textual.binding import Binding

from lkjip_tui import grid
from lkjip_tui.language import _, mark
from lkjip_tui.tui.key_names import written

Scope = Literal["app", "workbench", "rows", "grid", "findings", "sql", "history", "cell", "list"]
"""`app`: always · `workbench`: with a file open · `rows`: where rows are shown · `grid`: on a sheet
or table · three panes · `cell`: while a cell is edited · `list`: while one is picked from."""


@dataclass(frozen=True, slots=True)
class Command:
    """One act. `keys` are Textual's names, the first is shown; `footer` puts it there.

    `everywhere` keys act also while a text is edited; `built_in` ones belong to the grid itself.
    `origin` is who gave it other keys than it came with: "user", or a profile's name.
    """

    id: str
    scope: Scope
    group: str
    label: str
    help: str
    keys: tuple[str, ...] = ()
    footer: str = ""
    everywhere: bool = False
    built_in: bool = False
    writes: bool = False
    origin: str = ""

    @property
    def key_text(self) -> str:
        """The first key as people write it, empty when there is none."""
        return written(self.keys[0]) if self.keys else ""


_EDIT: Final = mark("Edit")
_MOVE: Final = mark("Move")
_FILE: Final = mark("File")
_SQL: Final = mark("SQL")
_VIEW: Final = mark("View")
_CHECK: Final = mark("Check")


def _of_grid(scope: Scope, group: str, labels: dict[str, str]) -> list[Command]:
    """Return the commands that the grid does by itself, with the keys it comes with."""
    return [
        Command(f"grid.{name}", scope, group, label, "", grid.KEYS[f"grid.{name}"], built_in=True)
        for name, label in labels.items()
    ]


COMMANDS: Final = (
    Command(
        "edit", "grid", _EDIT, mark("Edit the cell"),
        mark("Opens the cell with the caret at the end; any printable key replaces it. Enter"
             " accepts and goes down, Tab right, Shift+Tab left, Esc leaves it as it was."),
        ("f2",), footer=mark("edit"), writes=True,
    ),
    Command(
        "edit_start", "grid", _EDIT, mark("Edit the cell from its start"),
        mark("Opens the cell with the caret before its text."), writes=True,
    ),
    Command(
        "edit_empty", "grid", _EDIT, mark("Replace the cell's text"),
        mark("Opens the cell empty, as a printable key does; Esc leaves it as it was."),
        writes=True,
    ),
    Command(
        "choose", "grid", _EDIT, mark("Pick from the list"),
        mark("Lists what the cell may hold; type to narrow the list."),
        ("alt+down",), writes=True,
    ),
    Command(
        "long_text", "grid", _EDIT, mark("Read or edit the whole text"),
        mark("Opens the cell's text in a window of its own."), ("ctrl+o",),
    ),
    Command(
        "clear", "grid", _EDIT, mark("Clear the cells"),
        mark("The values become unknown (–), which is not zero."), ("delete",), writes=True,
    ),
    Command(
        "copy", "grid", _EDIT, mark("Copy"),
        mark("Copies the chosen cells to the terminal's clipboard, as a spreadsheet takes them."),
        ("ctrl+c",),
    ),
    Command(
        "copy_as", "grid", _EDIT, mark("Copy as…"),
        mark("Copies the chosen cells as CSV, Markdown, SQL values or a printed table."),
        ("alt+c",),
    ),
    Command(
        "cut", "grid", _EDIT, mark("Cut"),
        mark("Copies the chosen cells and makes their values unknown."), ("ctrl+x",), writes=True,
    ),
    Command(
        "paste", "grid", _EDIT, mark("Paste"),
        mark("Puts copied cells where their headings and names say, else line by line from the"
             " cursor on; what is computed stays. The terminal's own paste does the same."),
        ("ctrl+v",), writes=True,
    ),
    Command(
        "fill_down", "grid", _EDIT, mark("Fill down"),
        mark("Puts each column's first chosen value, or the one above, into the chosen cells."),
        ("ctrl+d",), writes=True,
    ),
    Command(
        "fill_right", "grid", _EDIT, mark("Fill to the right"),
        mark("Puts each row's first chosen value, or the one at the left, into the chosen cells."),
        ("ctrl+r",), writes=True,
    ),
    Command(
        "fill_series", "grid", _EDIT, mark("Fill a series"),
        mark("Lets the first chosen values go on downwards: figures, years, codes."), writes=True,
    ),
    Command(
        "undo", "workbench", _EDIT, mark("Undo"),
        mark("Takes the last act back, also after closing and opening again."),
        ("ctrl+z",), footer=mark("undo"), writes=True,
    ),
    Command(
        "redo", "workbench", _EDIT, mark("Redo"),
        mark("Does again what was taken back last."), ("ctrl+y",), writes=True,
    ),
    Command(
        "back", "workbench", _MOVE, mark("Back"),
        mark("Goes back to where you went from, step by step; in the history and the findings Esc"
             " does, too."),
        ("backspace",), footer=mark("back"),
    ),
    Command(
        "undo_act", "history", _EDIT, mark("Undo this act"),
        mark("Takes back the act at the cursor alone, unless a later one rests on it; Ctrl+Z takes"
             " that back."),
        ("u",), footer=mark("undo this"), writes=True,
    ),
    Command(
        "undo_to_here", "history", _EDIT, mark("Undo to here"),
        mark("Takes back every act that is newer than the one at the cursor, after asking; Ctrl+Y"
             " brings all of them back."),
        ("U",), footer=mark("undo to here"), writes=True,
    ),
    Command(
        "insert_row", "grid", _EDIT, mark("New row"),
        mark("Makes a row after the cursor's; on a program or a kegiatan, one of its parts."),
        ("insert",), footer=mark("new row"), writes=True,
    ),
    Command(
        "duplicate_row", "grid", _EDIT, mark("Duplicate the row"),
        mark("Makes the row once more behind itself, with all that lies beneath it and all that"
             " this year holds of it."),
        ("alt+insert",), writes=True,
    ),
    Command(
        "move_row_up", "grid", _EDIT, mark("Move the row up"),
        mark("Lets the row change places with the one before it, under the same parent."),
        ("alt+pageup",), writes=True,
    ),
    Command(
        "move_row_down", "grid", _EDIT, mark("Move the row down"),
        mark("Lets the row change places with the one behind it, under the same parent."),
        ("alt+pagedown",), writes=True,
    ),
    Command(
        "put_under", "grid", _EDIT, mark("Put under…"),
        mark("Takes the row, with all that lies beneath it, to another program, kegiatan or"
             " objective, behind what is there."),
        writes=True,
    ),
    Command(
        "delete_row", "grid", _EDIT, mark("Delete the chosen rows"),
        mark("Lists what belongs to the rows, and takes them out of this year after asking."),
        ("ctrl+delete",), writes=True,
    ),
    *_of_grid("rows", _MOVE, {
        "cursor_up": mark("Up"),
        "cursor_down": mark("Down"),
        "cursor_left": mark("Left"),
        "cursor_right": mark("Right"),
        "next_cell": mark("Next cell"),
        "previous_cell": mark("Previous cell"),
        "page_up": mark("A page up"),
        "page_down": mark("A page down"),
        "half_page_up": mark("Half a page up"),
        "half_page_down": mark("Half a page down"),
        "row_start": mark("To the row's first cell"),
        "row_end": mark("To the row's last cell"),
        "edge_up": mark("To the first row"),
        "edge_down": mark("To the last row"),
        "edge_left": mark("To the table's left edge"),
        "edge_right": mark("To the table's right edge"),
        "first": mark("To the first cell of all"),
        "last": mark("To the last cell of all"),
        "edit": mark("Edit the cell, or go where its row leads"),
    }),
    *_of_grid("rows", _MOVE, {
        "select_cursor_up": mark("Choose upwards"),
        "select_cursor_down": mark("Choose downwards"),
        "select_cursor_left": mark("Choose to the left"),
        "select_cursor_right": mark("Choose to the right"),
        "select_page_up": mark("Choose a screenful up"),
        "select_page_down": mark("Choose a screenful down"),
        "select_half_page_up": mark("Choose half a screenful up"),
        "select_half_page_down": mark("Choose half a screenful down"),
        "select_row_start": mark("Choose to the row's first cell"),
        "select_row_end": mark("Choose to the row's last cell"),
        "select_first": mark("Choose to the first cell of all"),
        "select_last": mark("Choose to the last cell of all"),
        "select_edge_up": mark("Choose to the column's first cell"),
        "select_edge_down": mark("Choose to the column's last cell"),
        "select_edge_left": mark("Choose to the row's left end"),
        "select_edge_right": mark("Choose to the row's right end"),
        "choose_all": mark("Choose every cell"),
        "choose_rows": mark("Choose whole rows"),
        "choose_columns": mark("Choose whole columns"),
    }),
    *_of_grid("cell", _EDIT, {
        "accept_down": mark("Accept the cell's text and go down"),
        "accept_right": mark("Accept the cell's text and go right"),
        "accept_left": mark("Accept the cell's text and go left"),
        "cancel": mark("Leave the cell as it was"),
    }),
    *_of_grid("list", _EDIT, {
        "choose": mark("Pick what the bar is on and go down"),
        "choose_right": mark("Pick what the bar is on and go right"),
        "choose_left": mark("Pick what the bar is on and go left"),
        "cancel_choice": mark("Pick nothing from the list"),
    }),
    Command(
        "select", "grid", _MOVE, mark("Choose cells by moving"),
        mark("From here on every move takes cells with it, until Esc; Shift with a move and drawing"
             " with the mouse do the same."),
    ),
    Command(
        "fold", "grid", _VIEW, mark("Fold or unfold"),
        mark("Hides or shows what lies beneath the row of a tree."), ("alt+o",),
    ),
    Command(
        "fold_all", "grid", _VIEW, mark("Fold or unfold everything"),
        mark("Shows the tree's outermost rows alone, or all of it."),
    ),
    Command(
        "find", "grid", _MOVE, mark("Find"),
        mark("Goes to the next cell that shows a text, from the cursor on and around."),
        ("ctrl+f",), everywhere=True,
    ),
    Command(
        "find_next", "grid", _MOVE, mark("Find the next"),
        mark("Goes on to where the text stands next."), ("f3",),
    ),
    Command(
        "find_previous", "grid", _MOVE, mark("Find the one before"),
        mark("Goes back to where the text stood before."), ("shift+f4",),
    ),
    Command(
        "replace", "grid", _EDIT, mark("Replace"),
        mark("Replaces a text, or what a regular expression fits, in the chosen cells or in every"
             " text that shows; one act."),
        ("alt+h",), writes=True,
    ),
    Command(
        "sort", "grid", _VIEW, mark("Sort by this column"),
        mark("Up, once more down, once more as the table comes; a tree's rows stay beneath theirs."
             " A click on a heading does the same."),
        ("alt+s",),
    ),
    Command(
        "sort_also", "grid", _VIEW, mark("Sort by this column, too"),
        mark("Sorts what is equal so far by the cursor's column, as Shift and a click do."),
        ("alt+shift+s",),
    ),
    Command(
        "filter_value", "grid", _VIEW, mark("Filter by this value"),
        mark("Shows the rows that hold what the cursor's cell holds."), ("alt+v",),
    ),
    Command(
        "all_rows", "grid", _VIEW, mark("Take the filters away"),
        mark("Shows every row again."), ("alt+shift+v",),
    ),
    Command(
        "freeze", "grid", _VIEW, mark("Freeze the columns up to here"),
        mark("They stay while the others move; once more lets them go."), ("alt+p",),
    ),
    Command(
        "hide", "grid", _VIEW, mark("Hide the column"),
        mark("Hides the chosen columns."), ("alt+x",),
    ),
    Command(
        "show_columns", "grid", _VIEW, mark("Show all columns"),
        mark("Shows what was hidden."), ("alt+shift+x",),
    ),
    Command(
        "narrower", "grid", _VIEW, mark("Narrower column"),
        mark("Makes the cursor's column narrower; its edge can be drawn with the mouse."),
        ("alt+n",),
    ),
    Command(
        "wider", "grid", _VIEW, mark("Wider column"),
        mark("Makes the cursor's column wider; two clicks on its edge make it fit."), ("alt+m",),
    ),
    Command(
        "column_left", "grid", _VIEW, mark("Move the column to the left"),
        mark("Puts the cursor's column before the one at its left."),
    ),
    Command(
        "column_right", "grid", _VIEW, mark("Move the column to the right"),
        mark("Puts the cursor's column behind the one at its right."),
    ),
    Command(
        "own_layout", "grid", _VIEW, mark("Lay the table out as it comes"),
        mark("Forgets sorting, filters, hidden columns, their order and widths."),
    ),
    Command(
        "go_to", "workbench", _MOVE, mark("Go to anything"),
        mark("Opens a sheet, table or check, another year, or a row of the table shown, by words of"
             " its name, its number or its key."),
        ("ctrl+g",), footer=mark("go to"), everywhere=True,
    ),
    Command(
        "year", "workbench", _MOVE, mark("Fiscal year"),
        mark("Switches every screen to another year of the file."), ("alt+y",),
        footer=mark("year"),
    ),
    Command(
        "next_pane", "workbench", _MOVE, mark("Next pane"),
        mark("Goes from the list of tables to the table and on."), ("f6",), everywhere=True,
    ),
    Command(
        "previous_pane", "workbench", _MOVE, mark("Previous pane"),
        mark("Goes the other way round."), ("shift+f6",), everywhere=True,
    ),
    Command(
        "where_from", "grid", _CHECK, mark("Where from?"),
        mark("Tells a computed figure's formula and the cells that it comes from; Enter goes to"
             " one of them, Backspace comes back."),
        ("f8",), footer=mark("where from"),
    ),
    Command(
        "who_changed", "grid", _CHECK, mark("Who changed it?"),
        mark("Lists the cell's changes: when, who, from what, to what; Enter opens the history at"
             " the act, Backspace comes back."),
        ("shift+f8",),
    ),
    Command(
        "chart", "grid", _VIEW, mark("Chart"),
        mark("Draws the table's figures as bars, where its query says which."), ("alt+g",),
    ),
    Command(
        "record", "grid", _VIEW, mark("Show the row as a record"),
        mark("Lists every column that shows with the row's value, whole; Enter on a result does"
             " so, too."),
    ),
    Command(
        "accept", "findings", _CHECK, mark("Accept the finding"),
        mark("Lets the finding, or all of the rule, stand with a reason; on an accepted one it"
             " takes that back. It opens again when what is stated changes."),
        ("a",), footer=mark("accept"), writes=True,
    ),
    Command(
        "narrow", "grid", _VIEW, mark("Filter by a text or a condition"),
        mark("Shows the rows, or the findings, that hold what is typed, or in a table those that"
             " fulfil a condition in SQL behind =. Esc shows all."),
        ("ctrl+l",), footer=mark("filter"),
    ),
    Command(
        "rule_off", "findings", _CHECK, mark("Switch the rule off"),
        mark("Silences the rule in this file; the sheet of rules switches it on again."),
        writes=True,
    ),
    Command(
        "findings", "workbench", _CHECK, mark("Findings"),
        mark("Lists what cannot be right, by rule; Enter goes to the cell, Backspace comes back."),
    ),
    Command(
        "history", "workbench", _EDIT, mark("History"),
        mark("Lists every act: when, what, who; Enter lists all that it changed."), ("alt+z",),
    ),
    Command(
        "sql", "workbench", _SQL, mark("SQL"),
        mark("Opens the console for reading queries."),
    ),
    Command(
        "run", "sql", _SQL, mark("Run the statement"),
        mark("Runs the statement under the cursor, or what is chosen; the result is paged as you go"
             " down."),
        ("f5", "ctrl+j"), footer=mark("run"), everywhere=True,
    ),
    Command(
        "stop", "sql", _SQL, mark("Stop the statement"),
        mark("Ends a running statement; the result before it stays."), ("escape",),
        footer=mark("stop"),
    ),
    Command(
        "run_all", "sql", _SQL, mark("Run all statements"),
        mark("Runs every statement of the text in turn, up to one that fails; the last result is"
             " shown, and the others can be turned to."),
        ("alt+a",),
    ),
    Command(
        "next_result", "sql", _SQL, mark("Next result"),
        mark("Shows what the next of several statements gave that ran in turn; behind the last"
             " comes the first."),
        ("alt+u",),
    ),
    Command(
        "previous_result", "sql", _SQL, mark("The result before"),
        mark("Shows what the statement before it gave."), ("alt+shift+u",),
    ),
    Command(
        "write_mode", "sql", _SQL, mark("Write mode"),
        mark("Lets UPDATE, INSERT, DELETE and MERGE change facts: what would change, and what the"
             " checks would say then, is shown first; it is one act. Once more ends it."),
        ("alt+w",), writes=True,
    ),
    Command(
        "complete", "sql", _SQL, mark("Complete the word"),
        mark("Lists tables, columns, functions and keywords that may stand at the cursor; Tab takes"
             " one, also what stands behind the cursor as a ghost."),
        ("ctrl+space", "ctrl+t"), footer=mark("complete"),
    ),
    Command(
        "sql_history", "sql", _SQL, mark("Earlier statements"),
        mark("Lists every run with time, rows and outcome, by words of the statement; Enter puts it"
             " into the editor, F5 runs it again."),
        ("alt+e",), footer=mark("earlier"),
    ),
    Command(
        "comment", "sql", _SQL, mark("Comment or not"),
        mark("Makes comments of the chosen lines, or statements again."), ("ctrl+slash", "alt+t"),
    ),
    Command(
        "lay_out", "sql", _SQL, mark("Lay the statements out"),
        mark("Writes keywords small and breaks lines as shipped queries have them; comments stay,"
             " and so does what cannot be read."),
        ("alt+l",),
    ),
    Command(
        "new_buffer", "sql", _SQL, mark("New text"),
        mark("Begins another text in the editor; all of them are kept while they are typed."),
        ("alt+shift+n",),
    ),
    Command(
        "next_buffer", "sql", _SQL, mark("Next text"),
        mark("Shows the editor's next text."), ("alt+d",),
    ),
    Command(
        "previous_buffer", "sql", _SQL, mark("The text before"),
        mark("Shows the editor's text before this one."), ("alt+shift+d",),
    ),
    Command(
        "close_buffer", "sql", _SQL, mark("Close the text"),
        mark("Closes the editor's text; it can be brought back."), ("alt+q",),
    ),
    Command(
        "reopen_buffer", "sql", _SQL, mark("Bring a closed text back"),
        mark("Opens what was closed last in the editor."), ("alt+shift+q",),
    ),
    Command(
        "open_sql", "sql", _SQL, mark("Open an SQL file"),
        mark("Opens a file as another text of the editor."),
    ),
    Command(
        "save_sql", "sql", _SQL, mark("Save as an SQL file"),
        mark("Writes the editor's text to a file."),
    ),
    Command(
        "catalogue", "sql", _SQL, mark("What the file holds"),
        mark("Lists facts, sheets, tables, checks and functions with columns and meaning, by words;"
             " their names, rows and definitions come into the editor from there."),
        ("alt+shift+c",), footer=mark("catalogue"),
    ),
    Command(
        "save_query", "sql", _SQL, mark("Save as a sheet, table or check"),
        mark("Asks for the header of the statement at the cursor, writes it as a query beside the"
             " file, and shows it."),
        ("ctrl+s",), footer=mark("save as"), writes=True,
    ),
    Command(
        "open_table", "sql", _SQL, mark("Open a file as a table"),
        mark("Makes a table of a CSV, Excel, LibreOffice or Parquet file that statements read as"
             " files.NAME; it ends with the program."),
    ),
    Command(
        "check", "workbench", _CHECK, mark("Check everything"),
        mark("Runs every check again and counts what it finds."), ("f9",), everywhere=True,
    ),
    Command(
        "read_queries", "workbench", _FILE, mark("Read the queries again"),
        mark("Reads the query files, also those in queries/ beside the file. Where a copy is looked"
             " at, it shows the newest, or the file itself once it is free."),
        ("shift+f5",), everywhere=True,
    ),
    Command(
        "delete_query", "workbench", _FILE, mark("Delete a query of your own"),
        mark("Takes away the sheet, table or check that is shown or chosen at the left, if it is"
             " yours, after naming what rests on it; its file is kept."),
        writes=True,
    ),
    Command(
        "export", "workbench", _FILE, mark("Export this table"),
        mark("Writes what is shown to a spreadsheet, document, Markdown or CSV."), ("ctrl+e",),
        footer=mark("export"),
    ),
    Command(
        "import", "workbench", _FILE, mark("Import a file"),
        mark("Takes figures and names over from CSV, Excel or Parquet into the table that is"
             " shown, after a look at all that would change."),
        ("alt+i",), writes=True,
    ),
    Command(
        "export_report", "workbench", _FILE, mark("Export the whole report's tables"),
        mark("Writes all tables of the year into a folder, and what tells their origin."),
    ),
    Command(
        "report", "workbench", _FILE, mark("Write the whole report"),
        mark("Writes the year's passages with every table, chart and figure in its place as one"
             " Word or Markdown document."),
    ),
    Command(
        "start_year", "workbench", _FILE, mark("Start a year"),
        mark("Makes the next year with this one's structure and empty figures."), writes=True,
    ),
    Command(
        "revise", "workbench", _FILE, mark("Put the revision in force"),
        mark("Lets the report read the revised agreement of the stage perubahan; targets or budgets"
             " of which nothing is revised yet begin with the initial ones."),
        writes=True,
    ),
    Command(
        "back_up", "workbench", _FILE, mark("Back up the file"),
        mark("Writes a copy beside the file and proves that it holds the same."),
    ),
    Command(
        "restore", "workbench", _FILE, mark("Restore from a copy"),
        mark("Shows what differs in a copy, and makes the facts those of the copy as one act;"
             " Ctrl+Z takes it back."),
        writes=True,
    ),
    Command(
        "freeze_edition", "workbench", _FILE, mark("Freeze an edition"),
        mark("Keeps a read-only copy of the file with this year's report and its tables, as it goes"
             " to print."),
        writes=True,
    ),
    Command(
        "compare_edition", "workbench", _FILE, mark("Compare with an edition"),
        mark("Lists what the tables print differently from a frozen edition, cell by cell; Enter"
             " goes to the cell, Backspace comes back."),
    ),
    Command(
        "theme", "app", _VIEW, mark("Light or dark"),
        mark("Changes between the light and the dark theme."),
    ),
    Command(
        "palette", "app", _VIEW, mark("Palette"),
        mark("Finds any act by words of its name or its help."), ("ctrl+p",),
        footer=mark("palette"), everywhere=True,
    ),
    Command(
        "help", "app", _VIEW, mark("Help"),
        mark("Tells what there is and which keys call it."), ("f1",),
        footer=mark("help"), everywhere=True,
    ),
    Command(
        "keys", "app", _VIEW, mark("Keys that act here"),
        mark("Lists what can be done in the pane in which you are, and the keys for it."),
        ("f7",), everywhere=True,
    ),
    Command(
        "edit_keys", "workbench", _VIEW, mark("Change keys"),
        mark("Tells which file holds your keys, and makes it when there is none yet."),
    ),
    Command(
        "quit", "app", _FILE, mark("Quit"),
        mark("Closes the file; everything is saved already."), ("ctrl+q",), everywhere=True,
    ),
)  # fmt: skip

BY_ID: Final = {command.id: command for command in COMMANDS}


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Return the bindings of commands, described in the interface's language."""
    return [
        Binding(
            key,
            f"command('{command.id}')",
            _(command.label),
            priority=command.everywhere and grid.acts_everywhere(key),
        )
        for command in commands
        if not command.built_in
        for key in command.keys
    ]


def keymap(commands: Iterable[Command]) -> dict[str, str]:
    """Return the keys of those built-in commands that do not have the grid's own."""
    return {
        command.id: ",".join(command.keys) or grid.UNBOUND
        for command in commands
        if command.built_in and command.keys != grid.KEYS[command.id]
    }
