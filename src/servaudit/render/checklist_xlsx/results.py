"""What the sheet shows of the live score: figures with how they are written, or that they are told on import."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.render.checklist_xlsx.conditions import LABEL, number, quoted
from servaudit.render.workbook import Formula
from servaudit.report import words

if TYPE_CHECKING:
    from servaudit.i18n import Translator
    from servaudit.render.checklist_xlsx.verdict import Verdict
    from servaudit.scoring.plan import Plan


class Result(NamedTuple):
    """The live result of one standard. `percent`: the score is a ratio shown in per cent, else a number and its unit.

    `scored` is False, and the cells say so, where the sheet leaves the score to the import; `level` and `verdict` are
    None where there is no such thing.
    """

    scored: bool
    percent: bool
    score: object
    unit: str | None
    level: object
    verdict: object
    coverage: object


def result(plan: Plan, verdict: Verdict, tr: Translator) -> Result:
    """Say what one standard comes to."""
    later = tr.t("scored on import")
    display = plan.standard.scoring.display
    if verdict.score is None:
        return Result(False, False, later, None, None, None, None)
    percent = display.unit == "%" and display.times == 100.0 and not verdict.points  # noqa: PLR2004 - per cent
    score = verdict.score
    if not percent and not verdict.points:
        score = f'IF(ISNUMBER({score}),ROUND({score}*{number(display.times)},{display.decimals}),"")'
    unit = tr.t("points") if verdict.points else display.unit
    coverage = Formula(verdict.coverage or '""')
    concludes = plan.rules.pass_score is not None or plan.rules.pass_level is not None or bool(plan.rules.limits)
    if verdict.verdict is None:
        ranked = later if plan.rules.ladder else None
        return Result(True, percent, Formula(score), unit, ranked, later if concludes else None, coverage)
    said = Formula(_verdict(verdict.verdict, tr)) if concludes else None
    level = Formula(_level(plan, verdict.level, tr)) if verdict.level else None
    return Result(True, percent, Formula(score), unit, level, said, coverage)


def _level(plan: Plan, cell: str, tr: Translator) -> str:
    levels = plan.standard.scoring.levels
    labels = []
    for name in plan.rules.order:
        text = levels.get(name)
        labels.append(quoted((plan.standard.say(text, tr.language) if text else name)[:LABEL]))
    return f'IF(ISNUMBER({cell}),CHOOSE({cell},{",".join(labels)}),"")'


def _verdict(cell: str, tr: Translator) -> str:
    """Write the engine's word in the reader's language."""
    found = '""'
    for name in ("passed", "below", "limited", "incomplete", "forbidden"):
        found = f'IF({cell}="{name}",{quoted(words.verdict_badge(name, tr).word)},{found})'
    return found
