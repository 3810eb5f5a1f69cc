"""How the score was made, in words: what the standard's rules say, for a reader who never saw its YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import msg
from servaudit.report import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.model.rules import Policies, Scoring
    from servaudit.model.standard import Standard
    from servaudit.report.rows import Rows

_COMBINE: Mapping[str, Message] = {
    "mean": msg("The score is the mean of its parts, each counting by its weight."),
    "sum": msg("The score is a sum of points, each multiplied by its weight."),
    "min": msg("The score is that of the weakest part."),
    "max": msg("The score is that of the best part."),
    "product": msg("The score is the product of its parts."),
}
_NOT_APPLICABLE: Mapping[str, Message] = {
    "exclude": msg("What does not apply is left out of the score and of its maximum."),
    "zero": msg("What does not apply counts as not met."),
    "full": msg("What does not apply counts as met."),
    "forbid": msg("“Not applicable” is not an accepted answer."),
}
_MISSING: Mapping[str, Message] = {
    "exclude": msg("What was not observed is left out of the score; the bounds say what it could have changed."),
    "zero": msg("What was not observed counts as not met."),
    "forbid": msg("Every criterion must be observed."),
}


def method(standard: Standard, rows: Rows, tr: Translator, *, whole: bool = False) -> tuple[str, ...]:
    """Say how a visit is scored against this standard, or `whole` checklist, one sentence for each rule."""
    return tuple(_sentences(standard.scoring, rows, tr, whole=whole))


def _sentences(scoring: Scoring, rows: Rows, tr: Translator, *, whole: bool) -> Iterator[str]:
    yield tr.message(_COMBINE[scoring.combine])
    if scoring.combine == "sum" and scoring.start is not None:
        if scoring.sign < 0:
            yield tr.t("It starts at {start} points, and points are taken away.", start=scoring.start)
        else:
            yield tr.t("It starts at {start} points.", start=scoring.start)
    if whole:
        yield tr.t("Each standard counts with its score, after its own rules.")
    else:
        yield from _policies(scoring.policies, tr)
    if scoring.levels:
        levels = [rows.figures.level(level) or level for level in scoring.levels]
        yield tr.t("Levels, best first: {levels}.", levels=levels)
    if scoring.classify:
        yield tr.t("Levels aimed at, tried in this order: {targets}.", targets=scoring.classify.targets)
    passing = scoring.pass_
    if passing is not None:
        yield tr.t("Pass mark: {mark}.", mark=pass_mark(passing.score, passing.level, rows, tr))
    if scoring.limits is None and whole:
        yield tr.t("A standard that is not passed fails the visit and leaves the score as it is.")
    elif scoring.limits is None:
        yield tr.t("A critical criterion that is not fully met fails the visit and leaves the score as it is.")
    for limit in scoring.limits or ():
        action = next(name for name in ("score", "at_most", "fail", "add") if getattr(limit, name) is not None)
        text = rows.say(limit.text)
        why = words.sentence(text) if text else tr.t("If “{condition}”:", condition=words.clean(limit.when))
        yield f"{why} {rows.effect(action, getattr(limit, action))}"


def _policies(policies: Policies, tr: Translator) -> Iterator[str]:
    yield tr.message(_NOT_APPLICABLE[policies.not_applicable])
    yield tr.message(_MISSING[policies.missing])
    if policies.coverage_floor is not None:
        yield tr.t(
            "Where less than {floor} was observed, no score is given.", floor=tr.percent(policies.coverage_floor)
        )


def pass_mark(score: float | None, level: str | None, rows: Rows, tr: Translator) -> str:
    """Write a pass mark: a score, or a level."""
    if score is not None:
        return rows.figures.score(score).text
    return tr.t("level “{level}”", level=rows.figures.level(level) or "")
