"""An office's file whose every text somebody wrote to do harm, and what a terminal received."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

#: Stands in most of the texts, and may be read, but never within a sequence that drives a terminal.
EVIL: Final = "EVIL"
_SITE: Final = "http://evil.example"
#: What drives a terminal, or tells another order or width than there is.
DRIVING: Final = [
    "\x1b]0;EVIL\x07", "\x1b]2;EVIL\x1b\\", "\x1b]52;c;RVZJTA==\x07", "\x1b]52;c;?\x07",
    f"\x1b]8;;{_SITE}\x1b\\EVIL\x1b]8;;\x1b\\", "\x1b]1337;File=EVIL:\x07", "\x1b]9;EVIL\x07",
    "\x1bP$qEVIL\x1b\\", "\x1bP+q544e\x1b\\EVIL", "\x1b_GEVIL\x1b\\", "\x1b^EVIL\x1b\\",
    "\x1bXEVIL\x1b\\", "\x1bcEVIL", "\x1b[2JEVIL", "\x1b[31mEVIL", "\x1b[6nEVIL", "\x1b[21tEVIL",
    "\x1b[?1049lEVIL", "\x1b]EVIL", "\x1bEVIL", "EVIL\x1b", "\x9b31mEVIL", "\x9d0;EVIL\x9c",
    "\x90EVIL\x9c", "\x9fEVIL\x9c", "\x85EVIL", "\x00EVIL", "\x07\x08\x0e\x0f\x05EVIL",
    "EVIL\rLIVE", "EVIL\nEVIL\r\nEVIL", "EVIL\tEVIL\x0b\x0cEVIL", "\x7fEVIL", "\u202eLIVE\u202c",
    "\u2066EVIL\u2069\u200f\u061c", "E\u200bV\u200dI\u2060L\ufeff", "\u2028EVIL\u2029",
    "\U000e0001\U000e0045EVIL", "\ufffe\uffff\ufdd0EVIL", "E" + "\u0301" * 300 + "VIL",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467EVIL", "\u3164\u2800EVIL", "\ufffb\ufff9EVIL",
]  # fmt: skip
#: What screens, messages or shells would read as theirs.
MARKUP: Final = [
    "[/]", "[@click=app.quit]EVIL[/]", f"[link={_SITE}]EVIL[/link]", "[bold red]EVIL", "[[", "\\[",
    "$(touch EVIL)", "`touch EVIL`", "'; touch EVIL; '", "{fiscal_year}{office}{head_nip}",
    "{0.__class__}{x!r}{", "%s%n%1000000d", "{{'a'.__class__}}", "../../EVIL", "/etc/passwd",
]  # fmt: skip
#: What a spreadsheet would run.
FORMULAS: Final = [
    "=cmd|'/c calc'!A1", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd|'x'!A0", "-2+3+cmd|'x'!A0",
    "\t=1+1", "\r=1+1", " =1+1", "\n=1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", "\x00=1+1",
    f'=HYPERLINK("{_SITE}";"EVIL")', f'=WEBSERVICE("{_SITE}")', f"=IMPORTXML('{_SITE}';'x')",
    "\uff1d1+1", "\uff0b1+1", "\uff201+1", "\u2212cmd|'x'!A0", ";=1+1", '";=1+1;"', ",=1+1",
    '"=1+1"', "'=1+1", "''=1+1", "%0A=1+1", "DDEAUTO c:\\\\EVIL", "{=1+1}",
]  # fmt: skip
#: What documents would take for their own marks, or break at.
DOCUMENTS: Final = [
    "]]><f>1+1</f>", "</t></is></c><c><f>EVIL</f></c>", "]]>&amp;&#x1b;&lt;", "_x001B_EVIL",
    "_x003D_1+1", '"/><evil x="', "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<script>EVIL</script>", "<img src=x onerror=EVIL>", "<!-- EVIL", "<?php EVIL ?>",
    "](javascript:EVIL)", f"![x]({_SITE}/p.png)", f"[x]({_SITE})", f"<{_SITE}>", f"{_SITE}/a",
    "https://evil.example", "www.evil.example", "evil@evil.example", "mailto:evil@evil.example",
    "xmpp:evil@evil.example", "ftp://evil.example", f"[x]: {_SITE}", "[^1]: EVIL", "| a | b |",
    "|---|---|", "```EVIL", "~~~", "    EVIL", "# EVIL", "> EVIL", "- [ ] EVIL", "1. EVIL",
    "* EVIL", "+ EVIL", "***", "===", "~~EVIL~~", "**EVIL**", "__EVIL__", "$$EVIL$$", ":smile:",
    "\\EVIL", "&nbsp;&#61;1+1", "@evil", "#1", "HYPERLINK \\\\evil", "DATE \\@ EVIL", "XE EVIL",
]  # fmt: skip
TEXTS: Final = [*DRIVING, *MARKUP, *FORMULAS, *DOCUMENTS]

_FREE: Final = {
    "activity": ["code", "name"],
    "indicator": ["name", "unit", "source"],
    "indicator_result": ["label"],
    "indicator_target": ["label"],
    "objective": ["name"],
    "office": ["name", "regency", "province", "head_title"],
    "printed_figure": ["place", "row_label", "column_label", "printed"],
    "program": ["code", "name"],
    "program_budget": ["note"],
    "report_year": ["head_name", "head_rank", "head_nip"],
    "scale_class": ["label", "grade", "color"],
    "section": ["chapter", "number", "title", "body"],
    "service": ["service_group", "name"],
    "sub_activity": ["code", "name"],
    "journal": ["changed_by", "label", "before", "after"],
    "accepted_finding": ["reason", "stated"],
    "indicator_analysis": ["support", "obstacle", "follow_up"],
}


def poison(file: Path, texts: Sequence[str], *, long: str = "x") -> None:
    """Put texts into all that a file can hold one in, and queries with them beside it."""
    with duckdb.connect(file) as connection:
        connection.execute(
            "insert into indicator_analysis (indicator_id, fiscal_year)"
            " select indicator_id, 2021 from indicator"
        )
        for number, name in enumerate(texts):
            table = ("program", "sub_activity", "edition")[number % 3]
            key = {"name": name} if table == "edition" else {f"{table}_id": str(number % 5 + 1)}
            connection.execute(
                "insert into journal values"
                " (?, ?, now(), '', '', ?, ?, 'update', 'name', '', '', null)",
                [number + 1, number // 3 + 1, table, json.dumps(key)],
            )
        connection.execute(
            "insert into accepted_finding (check_name, fiscal_year, finding_key)"
            " values ('over_budget', 2021, 'x')"
        )
        at = 0
        for table, columns in _FREE.items():
            rows = connection.execute(f"select rowid from {table} order by rowid").fetchall()
            for (row,) in rows:
                chosen = [texts[(at + n) % len(texts)] for n in range(len(columns))]
                at += len(columns)
                sets = ", ".join(f"{column} = ?" for column in columns)
                connection.execute(f"update {table} set {sets} where rowid = ?", [*chosen, row])
        connection.execute("update office set name = ?", [" ".join(texts[:8])])
        connection.execute("update section set body = ? where section_id = 3", ["\n".join(texts)])
        connection.execute("update section set body = ? where section_id = 4", [long])
    folder = file.parent / "queries"
    lines = [" ".join(text.split()) for text in texts]
    lines = [line.replace('"', "”").replace("|", "¦") for line in lines if line]
    for kind, more in (("sheets", ""), ("tables", "caption"), ("checks", "check")):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for number, line in enumerate(lines[::7]):
            header = [f"title: {line}", "grain: fiscal_year, row_key", f"note: {line}"]
            header += [f'column name: text "{line}" group "{line}"']
            if more == "caption":
                header += [f"caption: {line}", "table: 9.9"]
            if more == "check":
                header[1] = "grain: fiscal_year, finding_key"
                header += ["check: error", f"message en: {line} {{name}}", f"message id: {line}"]
            row = "finding_key" if more == "check" else "row_key"
            cell = (
                "'sheet.activities' as view_name, s.code as row_key, 'name' as column_name,"
                if more == "check"
                else ""
            )
            select = (
                f"select 2021 as fiscal_year, cast(s.section_id as varchar) as {row}, {cell}"
                " s.title as place, s.number as stated, s.chapter as computed, s.body as name"
                " from section as s"
            )
            if more == "check":
                select = select.replace("s.code", "'x'")
            whole = "".join(f"-- {each}\n" for each in header) + select
            (folder / kind / f"own_{number}.sql").write_text(whole, "utf-8")


_SEQUENCE: Final = re.compile(
    rb"\x1b\[(?P<private>[<=>?]?)[0-9;:]*(?P<csi>[ -/]*[@-~])"
    rb"|\x1b\](?P<osc>[0-9]*);?(?P<said>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<string>[PX^_])(?P<body>.*?)\x1b\\"
    rb"|\x1b(?P<other>[ -/]*[0-~]?)",
    re.DOTALL,
)
_CONTROL: Final = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: Characters that tell another order than they stand in, or are not seen.
_UNSEEN: Final = re.compile(
    "[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def kinds(received: bytes) -> Counter[str]:
    """Return the kinds of all that drives a terminal in what it received, and how often each."""
    found: Counter[str] = Counter()
    for match in _SEQUENCE.finditer(received):
        if match["csi"]:
            found[f"CSI {(match['private'] + match['csi']).decode()}"] += 1
        elif match["string"]:
            found[f"string {match['string'].decode()}"] += 1
        elif match["osc"] is not None:
            found[f"OSC {match['osc'].decode()}"] += 1
        else:
            found[f"ESC {match['other'].decode()}"] += 1
    text = _SEQUENCE.sub(b"", received).decode("utf-8", "surrogateescape")
    for char in _CONTROL.findall(text):
        found[f"control {ord(char):02x}"] += 1
    for char in _UNSEEN.findall(text):
        found[f"unseen {ord(char):04x}"] += 1
    found["no UTF-8"] += sum("\ud800" <= char <= "\udfff" for char in text)
    return +found


def said_to_drive(received: bytes) -> bytes:
    """Return the words within the sequences that a terminal received."""
    return b" ".join(
        (match["said"] or b"") + (match["body"] or b"") for match in _SEQUENCE.finditer(received)
    )
