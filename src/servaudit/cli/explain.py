"""`servaudit explain`: how a figure came about, down to the answers and their lines in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from servaudit.cli.exits import Exit, InputError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import did_you_mean, msg

if TYPE_CHECKING:
    from servaudit.cli.show import Show
    from servaudit.report.explain import Step
    from servaudit.sources import Source


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    observation: Annotated[str, typer.Argument(metavar="OBSERVATION", help="A file; - is standard input.")],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="A criterion, section, measure or limit, else score, level or verdict; all when left out.",
        ),
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    lang: LANG = None,
) -> None:
    """Say how a score came about: children, weights, policies, limits, down to each answer and its line."""
    from servaudit import sources  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.audit import Audit  # noqa: PLC0415 - same
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.report.explain import explain as steps  # noqa: PLC0415 - same
    from servaudit.report.found import WORDS, askable, find  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    source = sources.read(observation)
    settings = configured(show)
    audited = Audit(Library((*(standards or ()), *settings.standards)), switches=settings.lint).visit(source)
    show.diagnostics(audited.diagnostics)
    if not audited.scored:
        raise typer.Exit(Exit.INPUT)
    roots = [steps(scored.plan, scored, show.say) for scored in audited.scored]
    found = roots if name is None else [step for root in roots for step in find(root, name)]
    if not found:
        known = sorted({word for root in roots for word in askable(root)})
        help_ = did_you_mean(name or "", known) or msg("ask for an id, or for: {words}", words=", ".join(WORDS))
        raise InputError(msg("{fault}; {help}", fault=msg("nothing here is called “{name}”", name=name), help=help_))
    for step in found:
        _print(show, step, source, 0)


def _print(show: Show, step: Step, source: Source, depth: int) -> None:
    """Print a step and what it was made from, each level further in."""
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same
    from servaudit.report.words import before_value  # noqa: PLC0415 - same

    indent = "  " * depth
    title = before_value(step.title, show.say) if step.value else step.title
    name = f"  [{step.name}]" if step.name and step.name != step.title else ""
    show.line(indent, Piece(title, "bold" if step.steps or not depth else ""), Piece(step.value, "bold"),
              Piece(name, "dim"))  # fmt: skip
    for line in step.how:
        show.line(indent, "    ", Piece(line, "dim"))
    if step.place is not None:
        show.line(indent, "    ", Piece(str(source.where(step.place)), "cyan"))
    for child in step.steps:
        _print(show, child, source, depth + 1)
