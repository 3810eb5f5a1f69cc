"""`servaudit compare`: what changed between two visits or two campaigns, the service's part and the standard's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from servaudit.cli.exits import Exit, InputError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from servaudit.campaigns import Compared, Comparison, Side
    from servaudit.change.comparison import Moved, Split
    from servaudit.cli.show import Show
    from servaudit.i18n import Translator
    from servaudit.model.standard import Standard

SCHEMA = "servaudit/comparison/1"
SHOWN: Final = 10
STYLES: Final = {"regressed": "red", "improved": "green", "new": "cyan", "removed": "dim", "unjudged": "dim"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(compare)


def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A visit, or a folder of them.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="A visit, or a folder of them.")],
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written.")] = "text",
    lang: LANG = None,
) -> None:
    """Compare two visits or two campaigns: what the service changed, and what the standard changed.

    The visits of before are also scored with the newest version that those of after were made with.
    """
    from servaudit.campaigns import compared  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    library = Library((*(standards or ()), *configured(show).standards))
    found = compared(library, [before], [after])
    show.diagnostics(found.diagnostics)
    if not found.compared:
        raise InputError(msg("there is nothing to compare: no standard has visits on both sides"))
    if form == "json":
        show.json(as_json(before, after, found))
    else:
        for number, one in enumerate(found.compared):
            if number:
                show.line()
            _print(show, before, after, one)
        if found.alone:
            show.note(msg("on one side only, and not compared: {names}", names=", ".join(found.alone)))
    left_out = any(one.before.left_out or one.after.left_out for one in found.compared)
    wrong = any(one.severity == "error" for one in found.diagnostics)
    raise typer.Exit(Exit.INPUT if wrong or left_out else Exit.DONE)


def as_json(before: str, after: str, found: Comparison) -> str:
    """Write the comparison as a JSON document; `change` is `service` and `standard` together."""
    from servaudit.render.json import encode  # noqa: PLC0415 - only this format needs it

    rows: list[dict[str, Any]] = []
    for one in found.compared:
        split = one.split
        rows.append(
            {
                "id": one.plan.standard.id,
                "version": one.version,
                "before": _side(before, one.before),
                "after": _side(after, one.after),
                "means": None if split is None else _means(split),
                "change": None if split is None else split.total,
                "service": None if split is None else split.service,
                "standard": None if split is None else split.standard,
                "criteria": [
                    {**criterion._asdict(), "judged": {"before": criterion.judged[0], "after": criterion.judged[1]}}
                    for criterion in one.criteria
                ],
            }
        )
    return encode({"schema": SCHEMA, "compared": rows, "alone": found.alone}, indent=2).decode()


def _means(split: Split) -> dict[str, Any]:
    before, after = split.counted
    return {**split._asdict(), "counted": {"before": before, "after": after}}


def _side(path: str, side: Side) -> dict[str, Any]:
    return {"path": path, "visits": len(side.visits), "versions": side.versions, "left_out": side.left_out}


def _print(show: Show, before: str, after: str, one: Compared) -> None:
    from servaudit.cli.columns import left, width  # noqa: PLC0415 - same
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same
    from servaudit.report.figures import Figures  # noqa: PLC0415 - same

    say, standard = show.say, one.plan.standard
    versions = " → ".join(dict.fromkeys([", ".join(one.before.versions), ", ".join(one.after.versions)]))
    show.line(Piece(standard.say(standard.title, say.language), "bold"), f" · {standard.id} {versions}")
    if one.split is None:
        show.line("  ", Piece(say.t("no figure to compare on one of the sides"), "yellow"))
    else:
        split, figures = one.split, Figures(standard, say)
        points = all(visit.common.score is None for visit in one.after.visits)
        shown = say.number if points else lambda value: figures.score(value).text
        columns = max(width(before), width(after))
        for path, number, mean in ((before, split.counted[0], split.before), (after, split.counted[1], split.after)):
            count = say.n("{count} visit", "{count} visits", number)
            show.line(f"  {left(path, columns)}  ", Piece(shown(mean), "bold"), f"  {count}")
        judged = say.t("judged by version {version} both times: {before} → {after}", version=one.version,
                       before=shown(split.before_common), after=shown(split.after_common))  # fmt: skip
        lines = [
            (say.t("change"), split.total, ""),
            (say.t("the service"), split.service, judged),
            (say.t("the standard"), split.standard, _why(one, say)),
        ]
        names = max(width(name) for name, *_ in lines)
        for number, (name, delta, note) in enumerate(lines):
            value = _delta(delta, standard, say, points=points)
            show.line("  " if not number else "    ", f"{left(name, names)}  ", Piece(f"{value:>10}", "bold"),
                      Piece(f"   {note}" if note else "", "dim"))  # fmt: skip
    for path in (*one.before.left_out, *one.after.left_out):
        show.line("  ", Piece(say.t("left out, since version {version} cannot score it: {path}", version=one.version,
                                    path=path), "yellow"))  # fmt: skip
    _criteria(show, one)


def _why(one: Compared, say: Translator) -> str:
    if one.before.versions == one.after.versions == (one.version,):
        return say.t("the same version")
    return say.t("the same visits, once by their own version and once by {version}", version=one.version)


def _delta(value: float, standard: Standard, say: Translator, *, points: bool) -> str:
    """Write a change with its sign, in the points that scores are shown in."""
    display = standard.scoring.display
    amount = value if points else value * display.times
    text = say.number(abs(amount), 2 if points else display.decimals)
    sign = "±" if text.strip("0.,") == "" else "+" if amount > 0 else "−"
    return f"{sign}{text}"


def _criteria(show: Show, one: Compared) -> None:
    from servaudit.change.comparison import STATES  # noqa: PLC0415 - same
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same

    say = show.say
    titles = {
        "regressed": say.t("Regressed"),
        "improved": say.t("Improved"),
        "new": say.t("New in the standard"),
        "removed": say.t("No longer in the standard"),
        "unjudged": say.t("Judged on one side only"),
    }
    for state in STATES:
        rows = [criterion for criterion in one.criteria if criterion.state == state]
        if state == "same" or not rows:
            continue
        show.line()
        show.line(Piece(titles[state], "bold"))
        if state in ("regressed", "improved"):
            rows.sort(key=lambda row: -abs((row.after or 0) - (row.before or 0)))
        for row in rows[:SHOWN]:
            show.text(_text(one, row.id, say), (Piece("  • ", STYLES[state]),), after=_figures(row, say))
        if len(rows) > SHOWN:
            rest = say.n("and {count} more", "and {count} more", len(rows) - SHOWN)
            show.line("  ", Piece(rest, "dim"))


def _text(one: Compared, name: str, say: Translator) -> str:
    node = one.plan.criteria.get(name)
    return one.plan.standard.say(node.criterion.text, say.language) if node else name


def _figures(row: Moved, say: Translator) -> str:
    """Say a criterion's means, and what changed of it in the standard."""
    from servaudit.change.kinds import KINDS  # noqa: PLC0415 - same

    means = [say.number(value, 2) if value is not None else "–" for value in (row.before, row.after)]
    said = [] if row.state in ("new", "removed") and means == ["–", "–"] else [f"{means[0]} → {means[1]}"]
    kinds = [
        say.message(KINDS[kind].title) for kind in row.changes if kind not in ("criterion-added", "criterion-removed")
    ]
    if kinds:
        said.append(say.t("modified: {kinds}", kinds=", ".join(kinds)))
    return " · ".join(said)
