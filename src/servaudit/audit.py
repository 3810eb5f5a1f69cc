"""One visit from end to end: find what it was made with, check both, hash the evidence, score; and many, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit import configuration, lint, sources
from servaudit.checklists import Checklists, as_listed, shared_out
from servaudit.diagnostics import Problem, msg, switch
from servaudit.load import load, load_any
from servaudit.model.observation import Observation
from servaudit.model.scorecard import EvidenceFile, ObservationRef
from servaudit.model.standard import Standard
from servaudit.scoring.layout import lay_out
from servaudit.scoring.rollup import Rollup
from servaudit.scoring.visit import Scored, score_visit
from servaudit.sources.evidence import hash_carried, hash_file
from servaudit.sources.met import Register, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.configuration import Settings
    from servaudit.diagnostics import Diagnostic, Path
    from servaudit.library import Library
    from servaudit.model.base import Document
    from servaudit.model.checklist import Checklist
    from servaudit.model.configuration import Switch
    from servaudit.model.scorecard import Role, RollupCard
    from servaudit.model.vocabulary import Vocabulary
    from servaudit.rescore import Target
    from servaudit.scoring.grid import Grid, Part
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Sheet
    from servaudit.sources import Source


class Audited(NamedTuple):
    """One observation file, audited: `scored` is empty when it could not be, and an error says why.

    A visit made with a checklist of several standards is scored on each, and as a whole, which comes first.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    grid: Grid | None = None
    scored: tuple[Scored, ...] = ()


class Answered(NamedTuple):
    """The answers to one standard, laid out."""

    part: Part
    observation: Observation
    sheet: Sheet


class Audit:
    """Audits observations one by one; each standard is compiled once. Nothing of a visit is kept but what rollups need.

    `strict`: required evidence that is missing stops a visit from being scored. `switches`: warnings, by their code,
    that are silenced or taken for errors. `target`: score with these versions of what a visit names. `house`: what a
    team decided, where documents that are checked are held to the rules of a good standard, too.
    """

    def __init__(
        self,
        library: Library,
        *,
        strict: bool = False,
        switches: Mapping[str, Switch] | None = None,
        target: Target | None = None,
        house: Settings | None = None,
    ) -> None:
        self.library, self.strict, self.switches, self.target = library, strict, switches or {}, target
        self.house = house
        self.checklists = Checklists(library, switches=self.switches)
        self._rollups: dict[str, Rollup] = {}
        self._visits = Register()

    def visit(self, source: Source) -> Audited:
        """Audit one observation. Faults of a standard or checklist are told with the first visit that names it."""
        loaded = load(source, Observation)
        brought: tuple[Diagnostic, ...] = ()
        made = loaded.value
        if self.target is not None and made is not None:
            from servaudit.rescore import brought_to  # noqa: PLC0415 - most visits are scored with what they name

            there, brought = brought_to(self.target, made, source, self.library)
            if there is None:
                return Audited(source, (*loaded.diagnostics, *brought))
            loaded = load(there, Observation)
            source = there
        if loaded.value is None or made is None:
            return Audited(source, (*loaded.diagnostics, *brought))
        observation = loaded.value
        grid, found = self.checklists.of(observation, source)
        diagnostics = [*switch((*loaded.diagnostics, *brought, *found), self.switches)]
        if grid is None or any(one.severity == "error" for one in diagnostics):
            return Audited(source, tuple(diagnostics))
        refs = [grid.ref, *(part.ref for part in grid.parts)]
        diagnostics += switch(source.unlike((f"{ref.id}@{ref.version}", ref.sha256) for ref in refs), self.switches)
        if grid.checklist is not None:
            observation = as_listed(observation, grid.checklist)
        problems: list[Problem] = []
        evidence: dict[str, EvidenceFile] = {}
        answered = [self._laid_out(part, own, place, source, evidence, problems)
                    for part, own, place in shared_out(grid, observation, problems)]  # fmt: skip
        if observation.commendations or observation.overrides:
            plans = [part.plan for part in grid.parts]
            problems += lint.lint_remarks(observation, plans, grid.whole or plans[0])
        if grid.checklist is not None:
            from servaudit.lint.checklist import lint_visit  # noqa: PLC0415 - most visits are made with a standard alone

            problems += lint_visit(observation.visit, grid.checklist)
        faults = switch((source.diagnostic(problem) for problem in problems), self.switches)
        if not any(self._stops(fault) for fault in faults):
            faults += switch(self._again(observation, source), self.switches)
        diagnostics += faults
        if any(self._stops(fault) for fault in faults):
            return Audited(source, tuple(diagnostics), grid)
        return Audited(
            source, tuple(diagnostics), grid, self._scored(grid, observation, made, source, answered, evidence)
        )

    def check(self, source: Source) -> tuple[Diagnostic, ...]:
        """Find everything that is wrong with one document, and with what it names."""
        from servaudit.model.checklist import Checklist  # noqa: PLC0415 - a visit most often needs no checklist

        if sources.said_kind(source) == "configuration":
            return configuration.check(source).diagnostics
        loaded = load_any(source)
        if isinstance(loaded.value, Standard):
            return (*loaded.diagnostics, *self._of_standard(loaded.value, source))
        if isinstance(loaded.value, Checklist):
            found = self.checklists.grid(loaded.value, source).diagnostics
            return (*loaded.diagnostics, *found, *self._quality(loaded.value, source))
        if isinstance(loaded.value, Observation):
            return self.visit(source).diagnostics
        if loaded.value is None:
            return loaded.diagnostics
        return (*loaded.diagnostics, *self._of_vocabulary(loaded.value, source))

    def _of_standard(self, standard: Standard, source: Source) -> Iterator[Diagnostic]:
        """Find what is wrong with a standard and what it uses; words are looked for in what it says itself."""
        whole = self.checklists.library.whole(standard, source)
        yield from switch(whole.diagnostics, self.switches)
        plan = None
        if whole.value is not None:
            reading = self.checklists.standard(whole.value, whole.source)
            yield from reading.diagnostics
            yield from switch(_pictures(reading.plan, source), self.switches)
            plan = reading.plan if reading.usable else None
        yield from self._quality(standard, source, plan)

    def _of_vocabulary(self, document: Document, source: Source) -> Iterator[Diagnostic]:
        from servaudit.lint.vocabulary import lint_vocabulary  # noqa: PLC0415 - a visit most often needs none
        from servaudit.model.vocabulary import Vocabulary  # noqa: PLC0415 - same

        if isinstance(document, Vocabulary):
            yield from switch((source.diagnostic(problem) for problem in lint_vocabulary(document)), self.switches)
            yield from self._quality(document, source)

    def _quality(
        self, document: Standard | Checklist | Vocabulary, source: Source, plan: Plan | None = None
    ) -> tuple[Diagnostic, ...]:
        """Find what the house's rules say of a document itself; of those it only names, their own check says it."""
        if self.house is None:
            return ()
        from servaudit.lint.rules import lint_rules  # noqa: PLC0415 - scores need none of them

        problems = lint_rules(document, plan, self.switches, self.house.glossary, self.house.ids)
        return switch((source.diagnostic(problem) for problem in problems), self.switches)

    def rollups(self) -> list[tuple[RollupCard, Standard]]:
        """Conclude on the visits audited so far: a card for each standard, or whole checklist, that declares one."""
        return [(rollup.card(), rollup.plan.standard) for rollup in self._rollups.values()]

    def _scored(
        self,
        grid: Grid,
        observation: Observation,
        made: Observation,
        source: Source,
        answered: list[Answered],
        evidence: dict[str, EvidenceFile],
    ) -> tuple[Scored, ...]:
        ref = ObservationRef(source.path, source.sha256, made.of if made.of != observation.of else None)
        checklist = None if grid.checklist is None else grid.ref
        role: Role = "part" if grid.several else "visit"
        scored = tuple(
            score_visit(part.plan, own, part.ref, ref, evidence, sheet, checklist, role)
            for part, own, sheet in answered
        )
        if grid.whole is not None:
            from servaudit.scoring.whole import score_whole  # noqa: PLC0415 - few visits have one

            scored = (score_whole(grid.whole, observation, grid.ref, ref, scored), *scored)
        for one in scored:
            # What a checklist says of several visits is said instead of what each of its standards says.
            if one.plan.rollup is not None and (one.role == "whole" or not _rolls_up(grid)):
                self._rollups.setdefault(f"{one.standard.path} {grid.ref.path}", Rollup(one.plan, one.standard)).add(
                    one
                )
        return scored

    def _again(self, observation: Observation, source: Source) -> list[Diagnostic]:
        """Say that a visit was in another file already."""
        first = self._visits.first(number_of((observation.of, observation.visit.id)), source.path)
        if first == source.path:
            return []
        message = msg("visit “{id}” is also in {path}: both count", id=observation.visit.id, path=first)
        remedy = msg("take one of the two away, or give the visits different ids")
        return [source.diagnostic(Problem("duplicate-visit", ("visit", "id"), message, remedy))]

    def _stops(self, fault: Diagnostic) -> bool:
        return fault.severity == "error" or (self.strict and fault.code == "evidence-missing")

    @staticmethod
    def _laid_out(
        part: Part,
        observation: Observation,
        place: Path,
        source: Source,
        evidence: dict[str, EvidenceFile],
        problems: list[Problem],
    ) -> Answered:
        """Lay the answers to one standard out, and hash the evidence they name."""
        sheet = lay_out(part.plan, observation.answers, observation.visit.context, place)
        problems += lint.lint_observation(observation, part.plan, sheet, place)
        for answer, files in sheet.evidence:
            for index, path in enumerate(files):
                own = observation.photos.get(path)
                hashed = hash_file(source.path, path) if own is None else hash_carried(path, own)
                evidence[path] = EvidenceFile(path, hashed.sha256)
                if hashed.code is not None and hashed.message is not None:
                    problems.append(Problem(hashed.code, (*answer, "evidence", index), hashed.message, hashed.help))
        return Answered(part, observation, sheet)


def _rolls_up(grid: Grid) -> bool:
    return grid.whole is not None and grid.whole.rollup is not None


def _pictures(plan: Plan, source: Source) -> Iterator[Diagnostic]:
    """Find the pictures of a standard that its handbook could not show; no score needs them."""
    for node in plan.criteria.values():
        for side, path in node.criterion.pictures.items():
            found = hash_file(source.path, path)
            if found.code is None or found.message is None:
                continue
            outside = msg("“{path}” is not inside the standard's folder", path=path)
            message = outside if found.code == "evidence-path" else found.message
            remedy = msg("pictures are looked for in the folder of the standard")
            yield source.diagnostic(Problem("picture", (*node.place, "pictures", side), message, remedy))


def observations(
    paths: Sequence[str], extensions: tuple[str, ...] = sources.EXTENSIONS + sources.WORKBOOKS
) -> Iterator[Source]:
    """Read the files that were named, and of folders those that say they are observations; each file once.

    `extensions`: how the names of those in folders may end.
    """
    once = sources.Once()
    for path in paths:
        if not sources.is_folder(path):
            if once.first(path):
                yield sources.read(path)
            continue
        for name in filter(once.first, sources.documents(path, extensions)):
            source = sources.read(name)
            if sources.said_kind(source) == "observation":
                yield source
