"""What is shown, the whole report, or its tables, written to files."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lkjip_tui.core.errors import FileThere, Interrupted, LkjipError, UsageError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import Ask, Confirm, path_of, shown_path
from lkjip_tui.tui.long_act import LongAct
from lkjip_tui.tui.navigator import SQL
from lkjip_tui.tui.stoppable import Stoppable

if TYPE_CHECKING:
    from lkjip_tui.transfer.export import Exportable
    from lkjip_tui.transfer.forms import FileForm
    from lkjip_tui.transfer.report_blocks import Problem
    from lkjip_tui.tui.workbench import Workbench

_Written = TypeVar("_Written")


class ExportCommands(Stoppable[LongAct]):
    """Acts of a workbench that ask where to, and write behind the screen until Esc stops them."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        super().__init__(LongAct(bench, bench.tell))
        self._workspace = workspace
        self._bench = bench
        self._beside = workspace.path.absolute().parent
        self._folder, self._ending = self._beside, ".md"
        self._forms = "xlsx docx"

    def do_export(self) -> None:
        """Write what is shown to a file, whose ending names the form."""
        self._bench.run_worker(self._export())

    def do_export_report(self) -> None:
        """Write all tables of the year's report into a folder, with a manifest."""
        self._bench.run_worker(self._export_report())

    def do_report(self) -> None:
        """Write the whole report to a file, whose ending names the form."""
        self._bench.run_worker(self._report())

    async def _export(self) -> None:
        bench = self._bench
        exportable = getattr(bench.pane, "exportable", lambda: None)()
        if exportable is None:
            bench.tell(_("There is nothing to export yet."))
            return
        about = _(".md, .docx and .xlsx are the printed table, .csv is for machines.")
        if bench.place == SQL:
            about = _(
                "Ends with .md, .docx, .xlsx or .csv. Numbers are as SQL gives them, without"
                " thousands marks."
            )
        told = _("Written: {file}")
        if getattr(bench.pane, "is_arranged", False):
            whole = _("All rows, in their own order: filter and sorting are the screen's alone.")
            about, told = f"{about}\n{whole}", f"{told}  {whole}"
        written = await self._asked_and_written(
            _("Export to"),
            f"{exportable.name}{self._ending}",
            about,
            partial(self._export_to, exportable),
        )
        if written is not None:
            self._folder, self._ending = written.parent, written.suffix
            bench.tell(told.format(file=shown_path(written)))

    def _export_to(self, what: "Exportable", answer: str, *, replace: bool) -> Path:
        from lkjip_tui.transfer.export import export_one  # noqa: PLC0415 - not before it is asked

        file = path_of(answer, self._beside)
        export_one(what, file, replace=replace, is_stopped=lambda: self._work.is_stopping)
        return file

    async def _export_report(self) -> None:
        bench, path = self._bench, self._workspace.path.absolute()
        folder, about = str(path.with_name(f"{path.stem}-{bench.year}")), ""
        while answer := await bench.app.push_screen_wait(
            Ask(_("Export the report's tables into the folder"), folder, about)
        ):
            forms = await self._asked_for_forms()
            if not forms:
                return
            folder, act = answer, partial(self._export_report_to, bench.year, answer, forms)
            try:
                written = await self._write(answer, act)
            except LkjipError as error:
                about = str(error)
                bench.tell("")
            else:
                if written is not None:
                    files, failed = written
                    told = plural("{count} file written: {folder}",
                                  "{count} files written: {folder}", len(files))  # fmt: skip
                    there = shown_path(files[0].parent) if files else answer
                    lines = [told.format(count=len(files), folder=there), *map(str, failed)]
                    bench.tell("\n● ".join(lines), error=bool(failed))
                return

    async def _asked_for_forms(self) -> "Sequence[FileForm]":
        """Ask until all that is named are forms; none when the user left it."""
        from lkjip_tui.transfer.forms import form_of  # noqa: PLC0415 - not before it is asked

        about = _("The forms, with spaces between them: csv, md, xlsx, docx.")
        while named := await self._bench.app.push_screen_wait(
            Ask(_("Export as"), self._forms, about)
        ):
            self._forms = named
            try:
                return [form_of(name) for name in named.split()]
            except UsageError as error:
                about = str(error)
        return ()

    def _export_report_to(
        self, year: int, answer: str, forms: "Sequence[FileForm]", *, replace: bool
    ) -> tuple[Sequence[Path], Sequence[LkjipError]]:
        from lkjip_tui.transfer import export, manifest  # noqa: PLC0415 - not before it is asked

        return export.export(
            export.of_report(self._workspace, year),
            path_of(answer, self._beside),
            forms,
            replace=replace,
            table_set=manifest.TableSet(self._workspace.origin(), year),
            is_stopped=lambda: self._work.is_stopping,
        )

    async def _report(self) -> None:
        year = self._bench.year
        written = await self._asked_and_written(
            _("Write the whole report to"),
            f"lkjip-{year}.docx",
            _(".docx is for Word, .md is Markdown with the charts beside it."),
            partial(self._report_to, year),
        )
        if written is not None:
            path, problems = written
            self._folder = path.parent
            lines = [_("Written: {file}").format(file=shown_path(path)), *map(str, problems)]
            self._bench.tell("\n● ".join(lines), error=bool(problems))

    def _report_to(
        self, year: int, answer: str, *, replace: bool
    ) -> "tuple[Path, Sequence[Problem]]":
        from lkjip_tui.transfer import report_files  # noqa: PLC0415 - not before it is asked for

        written, problems = report_files.write(
            self._workspace,
            year,
            path_of(answer, self._beside),
            replace=replace,
            is_stopped=lambda: self._work.is_stopping,
        )
        return written[-1], problems

    async def _asked_and_written(
        self, title: str, name: str, about: str, act: Callable[..., _Written]
    ) -> _Written | None:
        """Ask for a file until it could be written by `act`; None when that was left or stopped.

        One of this `name` is offered, where the last was written, at first beside the open file.
        """
        file = str(self._folder / name)
        while answer := await self._bench.app.push_screen_wait(Ask(title, file, about)):
            try:
                return await self._write(answer, partial(act, answer))
            except LkjipError as error:
                file, about = answer, str(error)
                self._bench.tell("")
        return None

    async def _write(self, name: str, act: Callable[..., _Written]) -> _Written | None:
        """Write off the screen while keys wait, over other files if the user wants that.

        `act` takes whether to `replace` them. Returns None when it was stopped or left; raises
        what `act` raises.
        """
        bench = self._bench
        told = _("Writing {file}").format(file=name)
        for replace in (False, True):
            try:
                return await self._work.run(told, partial(act, replace=replace))
            except FileThere as error:
                there = error.message
            except Interrupted as error:
                bench.tell(str(error))
                return None
            bench.tell("")
            question = Confirm(_("Replace what is there?"), there, _("replace it"))
            if not await bench.app.push_screen_wait(question):
                break
        return None
