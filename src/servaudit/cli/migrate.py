"""`servaudit migrate`: brings past visits to a newer version of their standard, as its history tells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import typer

from servaudit.cli.exits import Exit, InputError, UsageError, WriteError
from servaudit.cli.language import LANG, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Diagnostic
    from servaudit.diagnostics import Path as Keys
    from servaudit.library import Library
    from servaudit.model.checklist import Checklist
    from servaudit.model.observation import Observation
    from servaudit.model.standard import Standard
    from servaudit.sources import Source

    T = TypeVar("T", Standard, Checklist)


class Brought(NamedTuple):
    """A visit in its newer version: what is to be written, and what is to be said. Without content it was refused."""

    content: bytes | None
    versions: str
    diagnostics: tuple[Diagnostic, ...]
    changed: bool
    kept: bool


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(migrate)


def migrate(
    paths: Annotated[list[str], typer.Argument(metavar="OBSERVATION", help="Files or folders.")],
    to: Annotated[
        str | None, typer.Option("--to", metavar="VERSION", help="The version to bring them to; the newest in reach.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE|DIR", help="Where to; - is standard output.")
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Bring past visits to a newer version of their standard; what has no place in it is kept aside."""
    from servaudit import sources  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.audit import observations  # noqa: PLC0415 - same
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.diagnostics import msg  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    settings = configured(show)
    library = Library((*(standards or ()), *settings.standards))
    found = list(observations(paths))
    if not found:
        raise InputError(msg("there is nothing to migrate: no observation was found"))
    several = len(found) > 1 or any(map(sources.is_folder, paths))
    if several and output in (None, sources.STDIN):
        raise UsageError(msg("several visits are written into a folder: name one with -o"))
    ends, taken = {Exit.DONE}, set[str]()
    for source in found:
        brought = _brought(source, to, library)
        show.diagnostics(brought.diagnostics)
        if brought.content is None:
            ends.add(Exit.INPUT)
            continue
        target = _target(source.path, paths, output or sources.STDIN, several=several)
        if target is None:
            show.raw(brought.content.decode("utf-8"))
            continue
        if str(target) in taken:
            raise WriteError(msg("{path}: two visits would be written here", path=str(target)))
        taken.add(str(target))
        if brought.changed or not target.exists():
            _write(target, brought.content, force=force)
        show.note(msg("{path}: {versions}", path=str(target), versions=brought.versions))
        if not brought.kept:
            show.note(msg("{path}: written anew, without the comments and the layout it had", path=str(target)))
    raise typer.Exit(max(ends))


def _brought(source: Source, to: str | None, library: Library) -> Brought:
    """Bring one visit to a version: of its standard, or of its checklist with the standards that it takes."""
    from servaudit.load import load  # noqa: PLC0415 - same
    from servaudit.model.observation import Observation  # noqa: PLC0415 - same
    from servaudit.render.rewrite import rewritten  # noqa: PLC0415 - same

    loaded = load(source, Observation)
    if loaded.value is None:
        return Brought(None, "", loaded.diagnostics, changed=False, kept=True)
    way = _Way(source, library)
    if loaded.value.checklist is None:
        way.standard(loaded.value.standard or "", ("standard",), to)
    else:
        way.checklist(loaded.value, to)
    diagnostics = (*loaded.diagnostics, *way.diagnostics)
    versions = ", ".join(way.said)
    if any(one.severity == "error" for one in diagnostics):
        return Brought(None, versions, diagnostics, changed=False, kept=True)
    content, kept = way.content(), True
    if way.steps:
        content, kept = rewritten(source.path, content, way.steps)
    return Brought(content, versions, diagnostics, changed=bool(way.steps), kept=kept)


class _Way:
    """A visit on its way to a newer version."""

    def __init__(self, source: Source, library: Library) -> None:
        self.source, self.library = source, library
        self.data: dict[str, Any] = dict(source.data) if isinstance(source.data, dict) else {}
        self.steps: list[tuple[dict[str, Any], Mapping[Keys, str]]] = []
        self.origins: dict[Keys, Keys] = {}
        """Where what has another name now stood in the file."""
        self.said: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def checklist(self, observation: Observation, to: str | None) -> None:
        """Go to another version of the checklist, and to the versions of standards that it takes."""
        from servaudit.model.checklist import Checklist  # noqa: PLC0415 - same

        pinned = observation.checklist or ""
        found = self._find(Checklist, pinned, ("checklist",), to)
        if found is None:
            return
        if found.version != pinned.partition("@")[2]:
            self.data = {**self.data, "checklist": f"{found.id}@{found.version}"}
            self.steps.append((self.data, {}))
        self.said.append(f"{pinned} → {found.version}")
        ranges = {use.standard: use.version for use in found.standards}
        for index, one in enumerate(observation.standards):
            self.standard(one, ("standards", index), ranges.get(one.partition("@")[0]))

    def standard(self, pinned: str, place: Keys, to: str | None) -> None:
        """Go to another version of a standard: the highest in the range `to`, the newest when it is left out."""
        from servaudit.change.migration import migrate as replayed  # noqa: PLC0415 - same
        from servaudit.library import Reference  # noqa: PLC0415 - same
        from servaudit.model.standard import Standard  # noqa: PLC0415 - same

        standard = self._find(Standard, pinned, place, to)
        if standard is None:
            return
        name, _, old = pinned.partition("@")
        self.said.append(pinned if standard.version == old else f"{pinned} → {standard.version}")
        if standard.version == old:
            return
        # Where the old version cannot be found, answers that were written as labels are not understood: that is said.
        known = self.library.find(Standard, Reference(name, old, place), self.source).document
        result = replayed(self.data, name, standard.history, old, standard.version, known, standard)
        self.diagnostics += map(self.source.diagnostic, result.problems)
        self.data = result.data
        for step in result.steps:
            self.steps.append((step.data, step.renamed))
            for was, now in step.renamed.items():
                self.origins[*was[:-1], now] = self.origins.get(was, was)
        self._check(standard)

    def _find(self, model: type[T], pinned: str, place: Keys, to: str | None) -> T | None:
        from servaudit.diagnostics import Problem, msg  # noqa: PLC0415 - same
        from servaudit.library import Reference  # noqa: PLC0415 - same
        from servaudit.model.versions import SemVer  # noqa: PLC0415 - same

        name, _, old = pinned.partition("@")
        found = self.library.find(model, Reference(name, to or f">={old}", place), self.source)
        self.diagnostics += found.diagnostics
        document = found.document
        if document is not None and SemVer.of(document.version) < SemVer.of(old):
            message = msg("this visit was made with {old}, which is later than {new}", old=old, new=document.version)
            remedy = msg("a visit is brought to newer versions only; score --as looks at it under another")
            self.diagnostics.append(self.source.diagnostic(Problem("version-mismatch", place, message, remedy)))
            return None
        return document

    def _check(self, standard: Standard) -> None:
        """Lay the new answers out on the new standard: what it cannot read is said, and nothing is written."""
        from servaudit.model.observation import Observation  # noqa: PLC0415 - same
        from servaudit.scoring.layout import lay_out  # noqa: PLC0415 - same
        from servaudit.scoring.planner import compile_standard  # noqa: PLC0415 - same

        observation = Observation.model_validate(self.data)
        place: Keys = ("answers",)
        answers, facts = observation.answers, observation.visit.context
        if len(observation.standards) > 1:
            answers, place = answers.get(standard.id) or {}, ("answers", standard.id)
            facts = {name: value for name, value in facts.items() if name in standard.context}
        sheet = lay_out(compile_standard(standard), answers, facts, place)
        found = (self.source.diagnostic(one._replace(path=self._origin(one.path))) for one in sheet.problems)
        self.diagnostics += (one for one in found if one.severity == "error")

    def _origin(self, path: Keys) -> Keys:
        """Find where something of the new data stood in the file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return (*self.origins[path[:length]], *path[length:])
        return path

    def content(self) -> bytes:
        """Give the file's bytes, as they were read."""
        from servaudit.sources import STDIN, parse  # noqa: PLC0415 - same
        from servaudit.sources.text import read_bytes  # noqa: PLC0415 - same

        content = self.source.text.encode() if self.source.path == STDIN else read_bytes(self.source.path)
        same = isinstance(content, bytes) and parse(self.source.path, content).sha256 == self.source.sha256
        return content if isinstance(content, bytes) and same else self.source.text.encode()


def _target(path: str, paths: list[str], output: str, *, several: bool) -> Path | None:
    """Give the file to write a visit to; None for standard output. What was in a folder keeps its place in it."""
    from servaudit.sources import STDIN  # noqa: PLC0415 - same

    if output == STDIN:
        return None
    folder = Path(output)
    if not several and not folder.is_dir() and not output.endswith((os.sep, "/")):
        return folder
    within = next((one for one in paths if Path(one).is_dir() and Path(path).is_relative_to(one)), None)
    name = "observation.yaml" if path == STDIN else Path(path).name
    return folder / (Path(path).relative_to(within) if within else name)


def _write(path: Path, content: bytes, *, force: bool) -> None:
    from servaudit.diagnostics import msg  # noqa: PLC0415 - same
    from servaudit.render import output as files  # noqa: PLC0415 - same

    if os.path.lexists(path) and not force:
        raise WriteError(msg("{path}: this file is there already; --force replaces it", path=str(path)))
    try:
        files.write(path, content, force=True)
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
