"""What a change of the standard does to past visits: each scored under both versions, and what moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from servaudit.change.migration import migrate
from servaudit.diagnostics import CODES, msg
from servaudit.model.observation import Observation
from servaudit.model.scorecard import ObservationRef, StandardRef
from servaudit.model.versions import SemVer
from servaudit.scoring.arithmetic import same
from servaudit.scoring.layout import lay_out
from servaudit.scoring.visit import score_visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.diagnostics import Message, Problem
    from servaudit.model.scorecard import Verdict
    from servaudit.model.standard import Standard
    from servaudit.scoring.plan import Plan


class Came(NamedTuple):
    """What a visit came to under one version: a ratio or points, a level, a verdict; else `refused` says why not."""

    score: float | None
    points: float | None
    max_points: float | None
    level: str | None
    verdict: Verdict | None
    refused: tuple[Message, ...] = ()
    lower_is_better: bool = False

    @property
    def scored(self) -> bool:
        """Whether it could be scored."""
        return not self.refused

    @property
    def ranked(self) -> float | None:
        """What visits are ranked by."""
        return self.score if self.score is not None else self.points


class Effect(NamedTuple):
    """One visit under both versions. Ranks count from 1, among the visits that have a score under both."""

    path: str
    visit: str
    site: str | None
    date: str | None
    before: Came
    after: Came
    kept: tuple[Problem, ...] = ()
    rank_before: int | None = None
    rank_after: int | None = None

    @property
    def delta(self) -> float | None:
        """How far the score moved, else the points; None where there is none on one side."""
        for name in ("score", "points"):
            before, after = getattr(self.before, name), getattr(self.after, name)
            if before is not None and after is not None:
                return float(after - before)
        return None

    @property
    def moved(self) -> bool:
        """Whether score, points, level or verdict changed, or there is no result any more, or now one."""
        before, after = self.before, self.after
        numbers = ((before.score, after.score), (before.points, after.points))
        return (
            before.scored != after.scored
            or (before.level, before.verdict) != (after.level, after.verdict)
            or any((one is None) != (other is None) for one, other in numbers)
            or any(one is not None and other is not None and not same(one, other) for one, other in numbers)
        )

    @property
    def reranked(self) -> bool:
        """Whether its rank among the visits changed."""
        return self.rank_before != self.rank_after


def effect(data: Mapping[str, Any], path: str, old: Plan, new: Plan) -> Effect:
    """Score a visit (its data, valid as an Observation) under two versions of its standard, old answers migrated.

    Of a visit made with a checklist, what that takes of the standard is scored: the plans are those of the selection.
    """
    observation = Observation.model_validate(data)
    before, _ = _came(data, path, old)
    after, kept = _came(data, path, new, made_with=old.standard)
    visit = observation.visit
    date = visit.date.isoformat() if visit.date else None
    return Effect(path, visit.id, visit.site, date, before, after, kept)


def made_of(data: Mapping[str, Any], standard: str) -> tuple[str, str] | None:
    """Give the id and the version of the standard that a visit names; of a checklist's, `standard` is meant."""
    named = [data["standard"]] if data.get("standard") else [
        one for one in data.get("standards") or () if one.partition("@")[0] == standard
    ]  # fmt: skip
    name, _, version = named[0].partition("@") if named else ("", "", "")
    return (name, version) if named else None


def _part(observation: Observation, standard: Standard) -> Observation:
    """Take out of a visit to several standards what answers one of them."""
    answers = observation.answers.get(standard.id)
    context = {name: value for name, value in observation.visit.context.items() if name in standard.context}
    own = {
        "answers": answers if isinstance(answers, dict) else {},
        "visit": observation.visit.model_copy(update={"context": context}),
    }
    return observation.model_copy(update=own)


def ranked(effects: Iterable[Effect]) -> list[Effect]:
    """Give each visit that has a score under both versions its two ranks; equal scores share one."""
    found = list(effects)
    both = [each for each in found if each.before.ranked is not None and each.after.ranked is not None]
    before = [each.before.ranked or 0.0 for each in both]
    after = [each.after.ranked or 0.0 for each in both]
    lower = any(each.before.score is None and each.before.lower_is_better for each in both)
    places = iter(zip(_ranks(before, lower=lower), _ranks(after, lower=lower), strict=True))
    members = {id(each) for each in both}
    result = []
    for each in found:
        if id(each) in members:
            first, second = next(places)
            result.append(each._replace(rank_before=first, rank_after=second))
        else:
            result.append(each)
    return result


def _ranks(scores: list[float], *, lower: bool) -> list[int]:
    rounded = [round(score, 9) for score in scores]
    order = sorted(rounded, reverse=not lower)
    first: dict[float, int] = {}
    for rank, score in enumerate(order, 1):
        first.setdefault(score, rank)
    return [first[score] for score in rounded]


def _came(
    data: Mapping[str, Any], path: str, plan: Plan, made_with: Standard | None = None
) -> tuple[Came, tuple[Problem, ...]]:
    """Bring a visit to a version, and score it; `made_with` an older one, by all the history tells, released or not."""
    standard = plan.standard
    name, version = made_of(data, standard.id) or (standard.id, standard.version)
    wanted = standard.version
    if made_with is not None:
        wanted = max([wanted, *standard.history], key=SemVer.of)
    if SemVer.of(version) > SemVer.of(wanted):
        reason = msg("it was made with {version}, which is later than {wanted}", version=version, wanted=wanted)
        return Came(None, None, None, None, None, (reason,)), ()
    known = made_with if made_with is not None and made_with.version == version else None
    moved = migrate(data, name, standard.history, version, wanted, known, standard)
    try:
        observation = Observation.model_validate(moved.data)
    except ValidationError:
        reason = msg("its answers cannot be brought to {version}", version=wanted)
        return Came(None, None, None, None, None, (reason,)), moved.problems
    if len(observation.standards) > 1:
        observation = _part(observation, standard)
    sheet = lay_out(plan, observation.answers, observation.visit.context)
    refused = tuple(problem.message for problem in sheet.problems if CODES[problem.code].severity == "error")
    if refused:
        return Came(None, None, None, None, None, refused), moved.problems
    refs = StandardRef(standard.id, standard.version, "", ""), ObservationRef(path, "")
    result = score_visit(plan, observation, *refs, sheet=sheet).result
    figures = result.figures
    lower = figures.lower_is_better
    came = Came(figures.score, figures.points, figures.maximum, result.level, result.verdict, lower_is_better=lower)
    return came, moved.problems
