"""`servaudit list`: the standards, checklists and vocabularies in reach, nearest first, and where each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.cli.show import Show
    from servaudit.library import Library
    from servaudit.model.checklist import Checklist
    from servaudit.shelves import Candidate
    from servaudit.sources import Source

SCHEMA = "servaudit/list/1"
TITLE = 50


class Taken(NamedTuple):
    """A standard of a checklist, and how many of its criteria are asked; None: it is not in reach."""

    id: str
    version: str | None
    criteria: int | None


class Entry(NamedTuple):
    """One document; what cannot be read of it is None, and `usable` is false.

    `standards` are those of a checklist; its `criteria` are what it asks of all of them together.
    """

    kind: str
    id: str | None
    version: str | None
    title: str | None
    criteria: int | None
    standards: tuple[Taken, ...] | None
    path: str
    usable: bool


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("list")(list_)


def list_(
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written.")] = "text",
    lang: LANG = None,
) -> None:
    """List the standards, checklists and vocabularies in reach: here, in the folders configured, in the library."""
    from servaudit.cli.settings import configured  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    library = Library((*(standards or ()), *configured(show).standards))
    entries = [_entry(one, library, show.say.language) for one in library.shelves.reach()]
    if form == "json":
        show.json(as_json(entries))
    else:
        _print(show, entries)


def _entry(candidate: Candidate, library: Library, language: str) -> Entry:
    from servaudit.model.checklist import Checklist  # noqa: PLC0415 - same
    from servaudit.model.standard import Standard  # noqa: PLC0415 - same
    from servaudit.model.vocabulary import Vocabulary  # noqa: PLC0415 - same
    from servaudit.scoring.selection import placed  # noqa: PLC0415 - same

    head, path = candidate.head, candidate.name
    loaded = library.load(candidate)
    document = loaded.value
    if not isinstance(document, Standard | Checklist | Vocabulary):
        return Entry(head.kind or "", head.id, head.version, None, None, None, path, usable=False)
    count, standards = None, None
    if isinstance(document, Standard):
        count = sum(1 for _ in placed(document))
    elif isinstance(document, Checklist):
        standards = tuple(_taken(document, loaded.source, library))
        counts = [one.criteria for one in standards if one.criteria is not None]
        count = sum(counts) if len(counts) == len(standards) else None
    title = document.say(document.title, language)
    return Entry(head.kind or "", document.id, document.version, title, count, standards, path, usable=True)


def _taken(checklist: Checklist, source: Source, library: Library) -> Iterator[Taken]:
    from servaudit.library import Reference  # noqa: PLC0415 - same
    from servaudit.model.standard import Standard  # noqa: PLC0415 - same
    from servaudit.scoring.selection import placed, select  # noqa: PLC0415 - same

    for index, use in enumerate(checklist.standards):
        found = library.find(Standard, Reference(use.standard, use.version, ("standards", index, "standard")), source)
        if found.document is None:
            yield Taken(use.standard, None, None)
        else:
            asked = sum(1 for _ in placed(select(found.document, use).standard))
            yield Taken(use.standard, found.document.version, asked)


def as_json(entries: list[Entry]) -> str:
    """Write the list as a JSON document."""
    import json  # noqa: PLC0415 - only this format needs it

    rows: list[dict[str, Any]] = [
        entry._asdict() | {"standards": None if entry.standards is None else [one._asdict() for one in entry.standards]}
        for entry in entries
    ]
    return json.dumps({"schema": SCHEMA, "documents": rows}, ensure_ascii=False, indent=2) + "\n"


def _print(show: Show, entries: list[Entry]) -> None:
    from servaudit.cli.columns import left, right, width  # noqa: PLC0415 - same
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same

    headings = {
        "standard": show.say.t("Standards"),
        "checklist": show.say.t("Checklists"),
        "vocabulary": show.say.t("Vocabularies"),
    }
    for kind, heading in headings.items():
        rows = [entry for entry in entries if entry.kind == kind]
        if not rows:
            continue
        show.line(Piece(heading, "bold"))
        names = [f"{entry.id or '?'}@{entry.version or '?'}" for entry in rows]
        titles = [entry.title or show.say.t("cannot be used: servaudit validate says why") for entry in rows]
        taken = [", ".join(one.id for one in entry.standards or ()) for entry in rows]
        beside = min(TITLE, max(map(width, taken)))
        for entry, name, title, standards in zip(rows, names, titles, taken, strict=True):
            count = (
                "" if entry.criteria is None else show.say.n("{count} criterion", "{count} criteria", entry.criteria)
            )
            show.row(
                Piece(f"  {left(name, max(map(width, names)))}  ", "" if entry.usable else "red"),
                f"{left(title, min(TITLE, max(map(width, titles))))}  {right(count, 13)}  ",
                f"{left(standards, beside)}  " if beside else "",
                Piece(entry.path, "dim"),
            )
    if not entries:
        show.note(msg("no standard and no checklist is in reach"))
