"""`servaudit diff`: what changed between two versions of a document, and what becomes of past visits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from servaudit import __version__
from servaudit.cli.exits import Exit, InputError, UsageError, WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import Problem, msg

if TYPE_CHECKING:
    from servaudit.change.change import Change
    from servaudit.change.difference import Difference
    from servaudit.change.impact import Effect
    from servaudit.cli.show import Show
    from servaudit.diagnostics import Span
    from servaudit.releases import Versioned
    from servaudit.report.change import DiffView, Version
    from servaudit.sources import Source

FORMS = (".md", ".html", ".json")
HEAD = "HEAD"


class Sides(NamedTuple):
    """The two documents, read, and what changed from one to the other."""

    old: Source
    new: Source
    before: Versioned
    after: Versioned
    difference: Difference

    def place(self, change: Change) -> Span:
        """Find the line of a change, in the document that it stands in."""
        return (self.new if change.side == "new" else self.old).locate(change.path)

    @property
    def versions(self) -> tuple[Version, Version]:
        """What the two are called."""
        from servaudit.report.change import Version  # noqa: PLC0415 - what a command needs is loaded when it runs

        old, new = self.before, self.after
        return (
            Version(old.version, self.old.path, self.old.sha256),
            Version(new.version, self.new.path, self.new.sha256),
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diff)


def diff(
    names: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT", help="Old and new: files, or REV:path; a file alone: against HEAD."),
    ],
    impact: Annotated[
        list[str] | None,
        typer.Option("--impact", metavar="OBSERVATION", help="Past visits, to score under both; files or folders."),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write .md, .html or .json; repeatable."),
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written on the console.")] = "text",
    fail_on: Annotated[
        Literal["major", "minor", "patch"] | None,
        typer.Option("--fail-on", help="End with 1 when a change is this grave, or graver."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that servaudit did not make.")] = False,  # noqa: FBT002 - a flag
    color: Annotated[bool, typer.Option("--color/--no-color", help="Colours on a terminal.")] = True,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Say what changed between two versions of a standard, checklist or vocabulary, and the version that calls for."""
    from servaudit.change.kinds import LEVELS  # noqa: PLC0415 - same
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.render.errors import TemplateError  # noqa: PLC0415 - same

    show = Show(spoken(lang), color=color)
    settings = configured(show)
    paths = _outputs(output or [], force=force)
    sides = opened(names, show, settings.standards)
    difference = sides.difference
    effects, unread = None, False
    if impact:
        from servaudit.cli.impact import effects_on  # noqa: PLC0415 - same

        effects, unread = effects_on(impact, sides, settings.standards, show)
    if form == "json":
        show.json(_json(sides, effects).decode())
    else:
        from servaudit.cli.changes import print_view  # noqa: PLC0415 - same

        print_view(_view(sides, effects, show.say.language), show)
    language = lang or settings.language or sides.after.language
    for path in paths:
        try:
            content = _rendered(path, sides, effects, language)
        except TemplateError as error:
            show.diagnostics([error.diagnostic])
            raise typer.Exit(Exit.INPUT) from error
        _write(path, content, sides, force=force)
        _say_written(path, show)
    ends = {Exit.INPUT if unread else Exit.DONE}
    if fail_on is not None and LEVELS.index(difference.level) >= LEVELS.index(fail_on):
        ends.add(Exit.GATE)
    raise typer.Exit(max(ends))


def opened(names: list[str], show: Show, folders: tuple[str, ...]) -> Sides:
    """Read and compare the two documents that are named. Ends the command where one cannot be used."""
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.releases import Versioned, changes  # noqa: PLC0415 - same
    from servaudit.sources import git, revision  # noqa: PLC0415 - same

    if len(names) > 2:  # noqa: PLR2004 - an old and a new one
        raise UsageError(msg("diff takes two documents, or one alone; past visits go after --impact"))
    if len(names) == 1 and git.named(names[0]) is not None:
        raise UsageError(msg("{name} against what? name a file, too", name=names[0]))
    new = revision.read(names[-1])
    if not new.usable:
        show.diagnostics(new.diagnostics)
        raise typer.Exit(Exit.INPUT)
    near = None
    if len(names) == 1:
        old, near = revision.against(names[0], HEAD), names[0]
    else:
        # A revision alone, as git's own diff takes it, means the same file in it.
        alone = git.named(names[0]) is None and git.named(names[1]) is None and not Path(names[0]).exists()
        if alone and _is_revision(*names):
            old, near = revision.against(names[1], names[0]), names[1]
        else:
            old = revision.read(names[0])
    library = Library(folders)
    loaded = [library.open(old, near), library.open(new)]
    for each in loaded:
        show.diagnostics(each.diagnostics)
    before, after = (each.value for each in loaded)
    if before is None or after is None:
        raise typer.Exit(Exit.INPUT)
    wrong = msg("diff takes two standards, two checklists, or two vocabularies")
    if not isinstance(before, Versioned) or not isinstance(after, Versioned):
        source = new if isinstance(before, Versioned) else old
        show.diagnostics([source.diagnostic(Problem("unknown-kind", ("kind",), wrong))])
        raise typer.Exit(Exit.INPUT)
    difference = changes(before, after)
    if difference is None:
        raise InputError(wrong)
    return Sides(loaded[0].source, loaded[1].source, before, after, difference)


def _is_revision(name: str, path: str) -> bool:
    from servaudit.sources import git  # noqa: PLC0415 - same

    try:
        git.Repository.around(path).commit(name)
    except git.GitError:
        return False
    return True


def _view(sides: Sides, effects: list[Effect] | None, language: str) -> DiffView:
    from servaudit.i18n import translator  # noqa: PLC0415 - same
    from servaudit.model.standard import Standard  # noqa: PLC0415 - same
    from servaudit.report.change import diff_view  # noqa: PLC0415 - same
    from servaudit.report.impact import impact_view  # noqa: PLC0415 - same

    tr = translator(language)
    old, new = sides.before, sides.after
    effect = None
    if effects is not None and isinstance(old, Standard) and isinstance(new, Standard):
        effect = impact_view(effects, old, new, tr)
    return diff_view(
        sides.difference, new, sides.versions, tr, generator=f"servaudit {__version__}",
        places=lambda change: str(sides.place(change)), impact=effect,
    )  # fmt: skip


def _json(sides: Sides, effects: list[Effect] | None) -> bytes:
    from servaudit.render.difference import json  # noqa: PLC0415 - same

    return json.render(sides.difference, sides.after.id, sides.versions, sides.place, effects)


def _outputs(names: list[str], *, force: bool) -> list[Path]:
    """Check the files to write before any work is done for them."""
    from servaudit.cli.targets import known  # noqa: PLC0415 - same
    from servaudit.render import output as files  # noqa: PLC0415 - same

    paths = [known(name, FORMS) for name in names]
    try:
        for path in paths:
            files.check(path, force=force)
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
    return paths


def _rendered(path: Path, sides: Sides, effects: list[Effect] | None, language: str) -> bytes:
    form = path.suffix.lower()
    if form == ".json":
        return _json(sides, effects)
    view = _view(sides, effects, language)
    if form == ".md":
        from servaudit.render.difference.markdown import markdown  # noqa: PLC0415 - same

        return markdown(view)
    from servaudit.render.difference import html  # noqa: PLC0415 - same

    return html.render(view)


def _write(path: Path, content: bytes, sides: Sides, *, force: bool) -> None:
    from servaudit.render import output as files  # noqa: PLC0415 - same
    from servaudit.sources import identity  # noqa: PLC0415 - same

    if identity(path) in {identity(sides.old.path), identity(sides.new.path)} - {None}:
        raise WriteError(msg("{path}: this file is read, so it is not written; name another", path=str(path)))
    try:
        files.write(path, content, force=force)
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error


def _say_written(path: Path, show: Show) -> None:
    show.note(msg("written: {path}", path=str(path)))
