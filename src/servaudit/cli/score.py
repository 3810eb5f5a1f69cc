"""`servaudit score`: visits audited one by one, shown, and written to every output that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from servaudit.cli.exits import Exit, UsageError
from servaudit.cli.language import LANGS, several, spoken
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from servaudit.configuration import Settings
    from servaudit.model.scorecard import Scorecard
    from servaudit.rescore import Target


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(score)


def score(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="OBSERVATION", help="Files or folders; - is standard input; else what is configured."),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write .html, .pdf, .xlsx, .json, .jsonl or .csv; repeatable."
        ),
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written on the console.")] = "text",
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="PERCENT", help="End with 1 when a score is lower.")
    ] = None,
    require_pass: Annotated[
        bool | None, typer.Option("--require-pass/--no-require-pass", help="End with 1 unless every visit passes.")
    ] = None,
    strict: Annotated[
        bool | None, typer.Option("--strict/--no-strict", help="Refuse visits without the evidence required.")
    ] = None,
    as_version: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="VERSION", help="Score under another version of the standard or checklist: 2.0.0, ^2."
        ),
    ] = None,
    template: Annotated[
        list[str] | None, typer.Option("--template", metavar="FILE", help="Your own report template, .html or .xlsx.")
    ] = None,
    summary: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--summary", help="Report what several visits say together, without each of them.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that servaudit did not make.")] = False,  # noqa: FBT002 - a flag
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only problems, on stderr.")] = False,  # noqa: FBT002 - a flag
    color: Annotated[bool, typer.Option("--color/--no-color", help="Colours on a terminal.")] = True,  # noqa: FBT002 - a flag
    lang: LANGS = None,
) -> None:
    """Score visits against their standards, and write reports."""
    from servaudit.audit import Audit, observations  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.console import Console  # noqa: PLC0415 - same
    from servaudit.cli.outputs import Outputs  # noqa: PLC0415 - same
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same

    _check(fail_under, as_version)
    languages = several(lang)
    show = Show(spoken(*languages[:1]), color=color, quiet=quiet)
    settings = configured(show).but(fail_under=fail_under, require_pass=require_pass, strict=strict)
    audit = Audit(
        Library((*(standards or ()), *settings.standards)),
        strict=settings.strict,
        switches=settings.lint,
        target=_target(as_version),
    )
    console = Console(show, silent=quiet or form == "json")
    outputs = Outputs(
        output or [],
        [*settings.templates, *(template or [])],
        languages=languages or settings.languages,
        summary=summary,
        force=force,
        as_json=form == "json",
    )
    ends, refused = {Exit.DONE}, 0
    with outputs, show.progress(msg("{count} visits scored")) as progress:
        for source in observations(paths or _configured(settings)):
            audited = audit.visit(source)
            progress()
            outputs.add(audited)
            show.diagnostics(audited.diagnostics)
            if not audited.scored:
                ends.add(Exit.INPUT)
                refused += 1
                if all(diagnostic.severity != "error" for diagnostic in audited.diagnostics):
                    show.note(msg("{path}: not scored, because --strict wants its evidence", path=source.path))
                continue
            console.visit([(scored.card, scored.plan.standard) for scored in audited.scored])
            # A whole speaks for its standards: it is the first.
            if not _holds(audited.scored[0].card, settings.fail_under, require_pass=settings.require_pass):
                ends.add(Exit.GATE)
        if not outputs.audited:
            show.failure(msg("there is nothing to score: no observation was found"))
            ends.add(Exit.INPUT)
        rollups = audit.rollups()
        console.end(rollups)
        if outputs.finish(rollups, show):
            ends.add(Exit.INPUT)
    for path in outputs.written:
        show.note(msg("written: {path}", path=path))
    if refused and outputs.audited > 1:
        show.note(msg("visits that could not be scored: {count} of {total}", count=refused, total=outputs.audited))
    raise typer.Exit(max(ends))


def _configured(settings: Settings) -> list[str]:
    if not settings.visits:
        raise UsageError(
            msg("name a file or folder to score, or say in servaudit.yaml where visits are: visits: [visits]")
        )
    return list(settings.visits)


def _target(as_version: str | None) -> Target | None:
    if as_version is None:
        return None
    from servaudit.rescore import Target  # noqa: PLC0415 - most visits are scored with what they name

    return Target(as_version)


def _check(fail_under: float | None, as_version: str | None) -> None:
    from servaudit.model.versions import bounds  # noqa: PLC0415 - same

    if as_version is not None and bounds(as_version) is None:
        raise UsageError(msg("--as takes a version, 2.0.0, or a range of them, ^2; not “{given}”", given=as_version))
    if fail_under is not None and not 0 <= fail_under <= 100:  # noqa: PLR2004 - per cent
        raise UsageError(msg("--fail-under takes a percentage, from 0 to 100"))


def _holds(card: Scorecard, fail_under: float | None, *, require_pass: bool) -> bool:
    """Tell whether a visit gets through the gates that were asked for; what has no score or verdict does not."""
    if require_pass and not card.passed:
        return False
    return fail_under is None or (card.score is not None and round(card.score * 100 - fail_under, 7) >= 0)
