"""The view of what becomes of past visits under another version of their standard: those that move, by how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.report.figures import Figures
from servaudit.report.words import clean, verdict_badge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.change.impact import Came, Effect
    from servaudit.i18n import Translator
    from servaudit.model.standard import Standard
    from servaudit.report.view import Badge, Tone


class Standing(NamedTuple):
    """A visit under one version: its result and verdict; or why there is none."""

    result: str
    level: str
    verdict: Badge | None
    refused: tuple[str, ...]


class EffectRow(NamedTuple):
    """One visit under both versions."""

    visit: str
    title: str
    date: str
    path: str
    before: Standing
    after: Standing
    delta: str
    tone: Tone
    ranks: str
    moved: bool
    kept: int


class ImpactView(NamedTuple):
    """What becomes of past visits: those that move first, by how far. `before` and `after` head what they came to."""

    before: str
    after: str
    conclusion: str
    rows: tuple[EffectRow, ...]
    still: int
    refused: int
    reranked: int


def impact_view(effects: Iterable[Effect], old: Standard, new: Standard, tr: Translator) -> ImpactView:
    """Make the view of what becomes of past visits; those that cannot be scored any more come first."""
    effects = list(effects)
    moved = [each for each in effects if each.moved or each.reranked]
    moved.sort(key=lambda each: (each.after.scored, -abs(each.delta or 0.0), each.visit))
    refused = sum(not each.after.scored for each in effects)
    verdicts = sum(each.before.verdict != each.after.verdict for each in effects if each.after.scored)
    scores = sum(each.moved for each in effects)
    parts = [tr.n("{count} visit", "{count} visits", len(effects))]
    if not moved:
        parts.append(tr.t("nothing moves"))
    else:
        parts.append(tr.n("{count} result moves", "{count} results move", scores))
        if verdicts:
            parts.append(tr.n("{count} verdict changes", "{count} verdicts change", verdicts))
        if refused:
            parts.append(tr.n("{count} visit cannot be scored any more", "{count} visits cannot be scored any more",
                              refused))  # fmt: skip
    reranked = sum(each.reranked for each in effects)
    if reranked:
        parts.append(tr.n("{count} changes rank", "{count} change rank", reranked))
    rows = tuple(_effect(each, old, new, tr) for each in moved)
    heads = (old.version, new.version) if old.version != new.version else (tr.t("before"), tr.t("after"))
    return ImpactView(*heads, " · ".join(parts), rows, len(effects) - len(moved), refused, reranked)


def _effect(each: Effect, old: Standard, new: Standard, tr: Translator) -> EffectRow:
    delta = each.delta or 0.0
    lower = each.before.score is None and each.before.lower_is_better
    better = -delta if lower else delta
    tone: Tone = "bad" if not each.after.scored or better < 0 else "good" if better > 0 else "muted"
    ranks = ""
    if each.rank_before is not None and each.rank_after is not None and each.reranked:
        ranks = tr.t("rank {old} → {new}", old=each.rank_before, new=each.rank_after)
    title = clean(each.site) if each.site else ""
    return EffectRow(
        clean(each.visit), title, tr.date(each.date) if each.date else "", each.path,
        _standing(each.before, old, tr), _standing(each.after, new, tr), _delta(each, new, tr), tone, ranks, each.moved,
        len(each.kept),
    )  # fmt: skip


def _standing(came: Came, standard: Standard, tr: Translator) -> Standing:
    if came.verdict is None:
        return Standing("", "", None, tuple(clean(tr.message(reason)) for reason in came.refused[:3]))
    result = Figures(standard, tr).result(came.score, came.points, came.max_points, came.level)
    return Standing(result.text, result.level or "", verdict_badge(came.verdict, tr), ())


def _delta(each: Effect, standard: Standard, tr: Translator) -> str:
    """Write how far a result moved, with its sign, in what the standard shows."""
    if each.delta is None:
        return ""
    if each.before.score is None or each.after.score is None:
        text = tr.number(abs(each.delta))
    elif standard.scoring.display.unit == "%":
        points = abs(each.delta) * standard.scoring.display.times
        decimals = max(1, standard.scoring.display.decimals)
        text = tr.t("{points} pt", points=tr.number(points, decimals if points >= 10**-decimals else None))
    else:
        text = Figures(standard, tr).score(abs(each.delta)).text
    sign = "±" if not round(each.delta, 9) else "−" if each.delta < 0 else "+"
    return f"{sign}{text}"
