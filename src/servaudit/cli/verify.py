"""`servaudit verify`: whether a report says what its documents, found by their hash, come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from servaudit.cli.exits import Exit
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import Message, msg

if TYPE_CHECKING:
    from servaudit.cli.show import Show
    from servaudit.i18n import Translator
    from servaudit.sources.report import Made
    from servaudit.verify.compare import Check, Difference

SCHEMA = "servaudit/verification/1"
SHOWN: Final = 20
"""Differences of one visit that the console lists."""
_SIGNS: Final = {"same": ("✔", "green"), "differs": ("✘", "bold red"), "unverified": ("?", "yellow")}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(verify)


def verify(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A .json, .jsonl, .html or .xlsx of servaudit.")],
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    template: Annotated[
        list[str] | None, typer.Option("--template", metavar="FILE", help="Your own template it was made with.")
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written.")] = "text",
    lang: LANG = None,
) -> None:
    """Find the very documents of a report, by their hash, score again, and say what differs.

    Ends with 1 when something differs, with 3 when something could not be found.
    """
    from servaudit.cli.settings import configured  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.render.errors import TemplateError  # noqa: PLC0415 - same
    from servaudit.sources.report import read  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    settings = configured(show)
    made = read(report)
    show.diagnostics(made.diagnostics)
    if made.diagnostics:
        raise typer.Exit(Exit.INPUT)
    try:
        checks = _checks(made, (*(standards or ()), *settings.standards), (*(template or ()), *settings.templates))
    except TemplateError as error:
        show.diagnostics([error.diagnostic])
        raise typer.Exit(Exit.INPUT) from error
    if form == "json":
        show.json(as_json(report, checks))
    else:
        for check in checks:
            _print(show, check)
        _conclude(show, checks)
    states = {check.state for check in checks}
    raise typer.Exit(Exit.INPUT if "unverified" in states else Exit.GATE if "differs" in states else Exit.DONE)


def _checks(made: Made, folders: tuple[str, ...], templates: tuple[str, ...]) -> list[Check]:
    from servaudit.verify.again import again  # noqa: PLC0415 - same
    from servaudit.verify.compare import Check, figures, together  # noqa: PLC0415 - same
    from servaudit.verify.seen import seen  # noqa: PLC0415 - same

    scored, audit = again(made, folders)
    rollups = audit.rollups()
    checks = figures(made, scored)
    if made.book is not None:
        checks += [Check(one.observation.path, "unverified", why=one.why) for one in scored if not one.scored]
    whole = together(made, scored, [card for card, _ in rollups])
    shown = seen(made, scored, rollups, templates)
    return [*checks, *(one for one in (whole, shown) if one is not None)]


def as_json(report: str, checks: list[Check]) -> str:
    """Write what came out as a JSON document; messages are in English, so that they can be compared."""
    from servaudit.render.json import encode  # noqa: PLC0415 - only this format needs it

    rows: list[dict[str, Any]] = [
        {
            "what": str(check.what),
            "state": check.state,
            "differences": [
                {name: _value(value) for name, value in one._asdict().items()} for one in check.differences
            ],
            "why": [str(one) for one in check.why],
        }
        for check in checks
    ]
    return encode({"schema": SCHEMA, "report": report, "checks": rows}, indent=2).decode()


def _value(value: object) -> object:
    """Give a value as JSON has it; what is said in words, in English."""
    return str(value) if isinstance(value, Message) else value


def _print(show: Show, check: Check) -> None:
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same

    sign, style = _SIGNS[check.state]
    what = check.what if isinstance(check.what, str) else show.say.message(check.what)
    show.line(Piece(f"{sign} ", style), what)
    for why in check.why:
        show.text(show.say.message(why), (Piece("    "),), style="yellow" if check.state == "unverified" else "dim")
    for one in check.differences[:SHOWN]:
        text = show.say.t("{label}: {text}", label="", text=_told(one, show.say))
        show.line("    ", Piece(one.place, "bold"), text)
    rest = len(check.differences) - SHOWN
    if rest > 0:
        show.line("    ", Piece(show.say.n("and {count} more", "and {count} more", rest), "dim"))


def _told(one: Difference, say: Translator) -> str:
    said, found = _said(one.said, say), _said(one.found, say)
    if one.said in (None, ""):
        return say.t("the report says nothing, it should be {found}", found=found)
    if one.found in (None, ""):
        return say.t("the report says {said}, it should say nothing", said=said)
    return say.t("the report says {said}, it should be {found}", said=said, found=found)


def _said(value: object, say: Translator) -> str:
    """Write a value of a report for people, cut short."""
    if isinstance(value, Message):
        return say.message(value)
    if isinstance(value, bool | int | float):
        return str(value)
    text = str(value)
    return say.t("“{text}”", text=f"{text[:80]}…" if len(text) > 80 else text)  # noqa: PLR2004 - legible


def _conclude(show: Show, checks: list[Check]) -> None:
    states = {check.state for check in checks}
    if "unverified" in states:
        show.note(msg("not everything could be verified"))
    elif "differs" in states:
        show.note(msg("this report does not say what its documents come to"))
    else:
        show.note(msg("the same: scored again from the same documents, this report says what they come to"))
