"""One visit from end to end: find its standard, check both, hash the evidence, score; and many visits, one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from servaudit import lint, sources
from servaudit.diagnostics import Problem, msg
from servaudit.load import load, load_any
from servaudit.model.observation import Observation
from servaudit.model.scorecard import EvidenceFile, ObservationRef, StandardRef
from servaudit.model.standard import Standard
from servaudit.scoring.layout import lay_out
from servaudit.scoring.planner import compile_standard
from servaudit.scoring.rollup import Rollup
from servaudit.scoring.visit import Scored, score_visit
from servaudit.sources.evidence import hash_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Diagnostic
    from servaudit.library import Library
    from servaudit.model.scorecard import RollupCard
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Sheet
    from servaudit.sources import Source


class Reading(NamedTuple):
    """A standard ready to score with: its plan, what it is called in scorecards, and the faults found in it."""

    plan: Plan
    ref: StandardRef
    source: Source
    diagnostics: tuple[Diagnostic, ...]

    @property
    def usable(self) -> bool:
        """Whether visits can be scored with it."""
        return all(diagnostic.severity != "error" for diagnostic in self.diagnostics)


class Audited(NamedTuple):
    """One observation file, audited: `scored` is None when it could not be, and an error says why."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    reading: Reading | None = None
    scored: Scored | None = None


@dataclass(slots=True)
class Audit:
    """Audits observations one by one; each standard is compiled once. Nothing of a visit is kept but what rollups need.

    `strict`: required evidence that is missing stops a visit from being scored.
    """

    library: Library
    strict: bool = False
    _readings: dict[str, Reading] = field(default_factory=dict)
    _rollups: dict[str, Rollup] = field(default_factory=dict)
    _visits: dict[tuple[str, str], str] = field(default_factory=dict)

    def visit(self, source: Source) -> Audited:
        """Audit one observation. Faults of a standard are told with the first visit that names it."""
        loaded = load(source, Observation)
        if loaded.value is None:
            return Audited(source, loaded.diagnostics)
        observation = loaded.value
        found = self.library.find(observation, source)
        diagnostics = [*loaded.diagnostics, *found.diagnostics]
        if found.standard is None or found.source is None:
            return Audited(source, tuple(diagnostics))
        first = found.source.path not in self._readings
        reading = self.standard(found.standard, found.source)
        if first:
            diagnostics += reading.diagnostics
        if not reading.usable:
            message = msg("“{name}” has errors of its own, in {path}", name=observation.standard, path=reading.ref.path)
            diagnostics.append(source.diagnostic(Problem("standard-invalid", ("standard",), message)))
            return Audited(source, tuple(diagnostics), reading)
        sheet, evidence, faults = self._checked(observation, source, reading.plan)
        diagnostics += faults
        if any(self._stops(fault) for fault in faults):
            return Audited(source, tuple(diagnostics), reading)
        diagnostics += self._again(observation, source)
        ref = ObservationRef(source.path, source.sha256)
        scored = score_visit(reading.plan, observation, reading.ref, ref, evidence, sheet)
        if reading.plan.rollup is not None:
            self._rollup(reading).add(scored)
        return Audited(source, tuple(diagnostics), reading, scored)

    def standard(self, standard: Standard, source: Source) -> Reading:
        """Compile and check a standard, once per file."""
        reading = self._readings.get(source.path)
        if reading is None:
            plan = compile_standard(standard)
            found = tuple(source.diagnostic(problem) for problem in lint.lint_standard(plan))
            ref = StandardRef(standard.id, standard.version, source.sha256, source.path)
            reading = self._readings[source.path] = Reading(plan, ref, source, found)
        return reading

    def check(self, source: Source) -> tuple[Diagnostic, ...]:
        """Find everything that is wrong with one document, and with the standard it names."""
        loaded = load_any(source)
        if isinstance(loaded.value, Standard):
            return (*loaded.diagnostics, *self.standard(loaded.value, source).diagnostics)
        if isinstance(loaded.value, Observation):
            return self.visit(source).diagnostics
        return loaded.diagnostics

    def rollups(self) -> list[tuple[RollupCard, Standard]]:
        """Conclude on the visits audited so far: a card for each standard that declares a rollup."""
        return [(rollup.card(), rollup.plan.standard) for rollup in self._rollups.values()]

    def _rollup(self, reading: Reading) -> Rollup:
        return self._rollups.setdefault(reading.ref.path, Rollup(reading.plan, reading.ref))

    def _again(self, observation: Observation, source: Source) -> list[Diagnostic]:
        """Say that a visit was in another file already."""
        first = self._visits.setdefault((observation.standard, observation.visit.id), source.path)
        if first == source.path:
            return []
        message = msg("visit “{id}” is also in {path}: both count", id=observation.visit.id, path=first)
        remedy = msg("take one of the two away, or give the visits different ids")
        return [source.diagnostic(Problem("duplicate-visit", ("visit", "id"), message, remedy))]

    def _stops(self, fault: Diagnostic) -> bool:
        return fault.severity == "error" or (self.strict and fault.code == "evidence-missing")

    @staticmethod
    def _checked(
        observation: Observation, source: Source, plan: Plan
    ) -> tuple[Sheet, dict[str, EvidenceFile], list[Diagnostic]]:
        """Lay the answers out and hash the evidence they name."""
        sheet = lay_out(plan, observation.answers, observation.visit.context)
        problems = lint.lint_observation(observation, plan, sheet)
        evidence: dict[str, EvidenceFile] = {}
        for leaf in sheet.leaves:
            if not isinstance(leaf.raw, dict) or "evidence" not in leaf.raw:
                continue
            for index, path in enumerate(leaf.answer.evidence):
                hashed = hash_file(source.path, path)
                evidence[path] = EvidenceFile(path, hashed.sha256)
                if hashed.code is not None and hashed.message is not None:
                    problems.append(Problem(hashed.code, (*leaf.place, "evidence", index), hashed.message, hashed.help))
        return sheet, evidence, [source.diagnostic(problem) for problem in problems]


def observations(paths: list[str]) -> Iterator[Source]:
    """Read the files that were named, and of folders those that say they are observations; each file once."""
    once = sources.Once()
    for path in paths:
        if not sources.is_folder(path):
            if once.first(path):
                yield sources.read(path)
            continue
        for name in filter(once.first, sources.documents(path)):
            source = sources.read(name)
            if sources.said_kind(source) == "observation":
                yield source
