"""What is wrong with an observation, once its answers are laid out on the standard's tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Path, Problem, did_you_mean, msg
from servaudit.lint.combination import not_a_ratio
from servaudit.lint.hints import hinted
from servaudit.model.base import key
from servaudit.model.observation import PHOTOS
from servaudit.scoring.names import VERDICTS, within_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servaudit.model.observation import Commendation, Observation, Override
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Leaf, Sheet


def lint_observation(observation: Observation, plan: Plan, sheet: Sheet, place: Path = ("answers",)) -> list[Problem]:
    """Find every fault of the answers to one standard, found under `place`; what could not be read comes first."""
    faults = [hinted(problem, observation.answers, plan, place) for problem in sheet.problems]
    for leaf in sheet.leaves if plan.documented or sheet.only_remarks else ():
        if leaf.node.criterion.evidence is not None:
            faults += _evidence(leaf, sheet)
        if leaf.judgement.outcome == "unobserved" and sheet.place(leaf) in sheet.only_remarks:
            faults.append(
                Problem(
                    "note-only",
                    sheet.place(leaf),
                    msg("no answer goes with this note or evidence: the criterion counts as unobserved"),
                    msg("give the value too: {{value: …, note: …}}"),
                )
            )
    return faults


def lint_remarks(observation: Observation, plans: Sequence[Plan], whole: Plan) -> Iterable[Problem]:
    """Find the faults of what was said beside the answers: of criteria of any standard, and of the `whole` verdict."""
    for index, praise in enumerate(observation.commendations):
        yield from _praise(praise, plans, ("commendations", index))
    for index, override in enumerate(observation.overrides):
        yield from _override(override, whole, ("overrides", index, "to"))


def _praise(praise: Commendation, plans: Sequence[Plan], place: Path) -> Iterable[Problem]:
    standards = [plan.standard.id for plan in plans]
    if praise.standard is not None and praise.standard not in standards:
        message = msg("the visit is not judged by a standard “{name}”", name=praise.standard)
        yield Problem("standard-not-found", (*place, "standard"), message, did_you_mean(praise.standard, standards))
        return
    if praise.criterion is None:
        return
    asked = [plan for plan in plans if praise.standard in (None, plan.standard.id)]
    known = {
        name: None for plan in asked for name in (*plan.criteria, *(n for n in plan.left_out if n not in plan.sections))
    }
    having = [plan.standard.id for plan in asked if praise.criterion in plan.criteria]
    if praise.criterion not in known:
        message = msg("the standard has no criterion “{name}” here", name=praise.criterion)
        yield Problem("unknown-criterion", (*place, "criterion"), message, did_you_mean(praise.criterion, known))
    elif len(having) > 1:
        message = msg(
            "several standards have a criterion “{name}”: {known}", name=praise.criterion, known=", ".join(having)
        )
        which = msg("say which: standard: {name}", name=having[0])
        yield Problem("commendation-shared", (*place, "criterion"), message, which)


def _evidence(leaf: Leaf, sheet: Sheet) -> Iterable[Problem]:
    outcome, rule = leaf.judgement.outcome, leaf.node.criterion.evidence
    if rule is None or outcome in ("not_applicable", "unobserved"):
        return
    answer = sheet.answer(leaf)
    if rule.when == "not_met" and outcome != "not_met":
        return
    photo = any(path.lower().endswith(PHOTOS) for path in answer.evidence)
    given = {"note": answer.note is not None, "photo": photo}
    if not (given[rule.require] if rule.require in given else answer.note is not None or bool(answer.evidence)):
        wanted = {"note": msg("a note is required here"), "photo": msg("a photo is required here")}
        yield Problem(
            "evidence-missing",
            sheet.place(leaf),
            wanted.get(rule.require, msg("a note or a photo is required here")),
            msg("write the answer as {{value: …, note: …, evidence: […]}}"),
        )


def _override(override: Override, plan: Plan, place: Path) -> Iterable[Problem]:
    if override.of == "score":
        if isinstance(override.to, str):
            yield Problem("override-unknown", place, msg("a score is a number, 0.8 for 80%"))
        elif override.to > 1 and within_ratio(plan.standard):
            yield not_a_ratio(place, override.to)
        return
    words = plan.rules.order if override.of == "level" else VERDICTS
    value = key(override.to)
    if not words:
        yield Problem("override-unknown", place, msg("the standard has no levels"))
    elif value not in words:
        yield Problem(
            "override-unknown",
            place,
            msg("“{value}” is none of: {known}", value=value, known=", ".join(words)),
            did_you_mean(value, words),
        )
