"""What a visit is judged by: one standard, or what a checklist takes of several; found, checked and ready to score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit import lint
from servaudit.diagnostics import Diagnostic, Problem, did_you_mean, msg, switch
from servaudit.library import Library, Reference
from servaudit.model.base import folded
from servaudit.model.observation import USUAL_SOURCES
from servaudit.model.scorecard import StandardRef
from servaudit.model.standard import Standard
from servaudit.scoring.grid import Grid, Part
from servaudit.scoring.planner import compile_standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.diagnostics import Path
    from servaudit.model.checklist import Audience, Checklist
    from servaudit.model.configuration import Switch
    from servaudit.model.observation import Observation
    from servaudit.scoring.plan import Plan
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


class Opened(NamedTuple):
    """A grid, or the reasons why there is none."""

    grid: Grid | None
    diagnostics: tuple[Diagnostic, ...] = ()


class Checklists:
    """Opens checklists and standards; each is compiled and checked once for each `audience`."""

    def __init__(
        self, library: Library, audience: Audience = "auditor", switches: Mapping[str, Switch] | None = None
    ) -> None:
        self.library, self.audience, self.switches = library, audience, switches or {}
        self._readings: dict[str, Reading] = {}
        self._grids: dict[tuple[object, ...], Opened] = {}
        self._told: set[str] = set()

    def open(self, source: Source) -> Opened:
        """Open a file that holds a checklist or a standard."""
        from servaudit.model.checklist import Checklist  # noqa: PLC0415 - most visits are made with a standard alone

        loaded = self.library.open(source)
        if isinstance(loaded.value, Checklist):
            opened = self.grid(loaded.value, source)
        elif isinstance(loaded.value, Standard):
            opened = self._alone(loaded.value, loaded.source)
        elif loaded.value is None:
            return Opened(None, loaded.diagnostics)
        else:
            message = msg("this is neither a checklist nor a standard")
            return Opened(None, (source.diagnostic(Problem("unknown-kind", ("kind",), message)),))
        return Opened(opened.grid, (*loaded.diagnostics, *opened.diagnostics))

    def of(self, observation: Observation, source: Source) -> Opened:
        """Open what an observation was made with. Faults of a document are told with the first file that names it."""
        if observation.checklist is None:
            reference = Reference.of(observation.standard or "", ("standard",))
            found = self.library.find(Standard, reference, source)
            told, document, at = found.diagnostics, found.document, found.source
            opened = Opened(None) if document is None or at is None else self._alone(document, at)
        else:
            from servaudit.model.checklist import Checklist  # noqa: PLC0415 - same

            reference = Reference.of(observation.checklist, ("checklist",))
            named = self.library.find(Checklist, reference, source)
            told, checklist, at = named.diagnostics, named.document, named.source
            opened = Opened(None)
            if checklist is not None and at is not None:
                opened = self.grid(checklist, at, observation.standards, source)
        diagnostics = [*told, *opened.diagnostics]
        if opened.grid is None and at is not None and not any(one.file == source.path for one in diagnostics):
            diagnostics.append(source.diagnostic(reference.invalid(at.path)))
        return Opened(opened.grid, tuple(diagnostics))

    def grid(
        self, checklist: Checklist, source: Source, pinned: Sequence[str] = (), made: Source | None = None
    ) -> Opened:
        """Put a checklist and its standards together, in the versions that an observation (`made`) pins, if any.

        The faults of a checklist are told once; those of what an observation pins each time.
        """
        key = (source.path, *pinned)
        opened = self._grids.get(key)
        if opened is None:
            opened = self._put_together(checklist, source, tuple(pinned), made)
            if opened.grid is not None:
                self._grids[key] = opened
        first = source.path not in self._told
        self._told.add(source.path)
        own = made.path if made is not None else None
        return Opened(opened.grid, tuple(one for one in opened.diagnostics if first or one.file == own))

    def standard(self, standard: Standard, source: Source) -> Reading:
        """Compile and check a standard, once per file."""
        reading = self._readings.get(source.path)
        if reading is None:
            plan = compile_standard(standard)
            found = switch((source.diagnostic(problem) for problem in lint.lint_standard(plan)), self.switches)
            ref = StandardRef(standard.id, standard.version, source.sha256, source.path)
            reading = self._readings[source.path] = Reading(plan, ref, source, found)
        return reading

    def _alone(self, standard: Standard, source: Source) -> Opened:
        key = (source.path,)
        opened = self._grids.get(key)
        if opened is None:
            reading = self.standard(standard, source)
            grid = Grid(reading.ref, (Part(reading.plan, reading.ref),)) if reading.usable else None
            opened = self._grids[key] = Opened(grid, ())
            return Opened(grid, reading.diagnostics)
        return opened

    def _put_together(
        self, checklist: Checklist, source: Source, pinned: tuple[str, ...], made: Source | None
    ) -> Opened:
        from servaudit.lint.checklist import lint_checklist  # noqa: PLC0415 - same
        from servaudit.model.versions import within  # noqa: PLC0415 - same
        from servaudit.scoring.whole import whole_plan  # noqa: PLC0415 - only checklists of several standards have one

        faults = list(self._pins(checklist, pinned, made))
        parts: list[Part] = []
        full: dict[str, Standard] = {}
        for index, use in enumerate(checklist.standards):
            pin = next((number for number, one in enumerate(pinned) if one.partition("@")[0] == use.standard), None)
            if pin is not None and not within(pinned[pin].partition("@")[2], use.version):
                continue
            if pin is None or made is None:
                reference, asks = Reference(use.standard, use.version, ("standards", index, "standard")), source
            else:
                reference, asks = Reference.of(pinned[pin], ("standards", pin)), made
            found = self.library.find(Standard, reference, asks, near=source.path)
            faults += found.diagnostics
            if found.document is None or found.source is None:
                continue
            full[use.standard] = found.document
            faults += self._taken(checklist, index, found.document, found.source, source, parts)
        whole = whole_plan(checklist, full) if len(checklist.standards) > 1 else None
        own = lint_checklist(checklist, full.values(), whole, {part.ref.id: part.plan for part in parts})
        faults += (source.diagnostic(problem) for problem in own)
        ref = StandardRef(checklist.id, checklist.version, source.sha256, source.path)
        taken = switch(faults, self.switches)
        if any(fault.severity == "error" for fault in taken):
            return Opened(None, taken)
        return Opened(Grid(ref, tuple(parts), checklist, whole), taken)

    def _taken(
        self, checklist: Checklist, index: int, standard: Standard, found: Source, source: Source, parts: list[Part]
    ) -> Iterator[Diagnostic]:
        """Add the part of one standard; yield its faults, and those of what is taken of it."""
        from servaudit.lint.checklist import lint_use  # noqa: PLC0415 - same
        from servaudit.scoring.selection import select  # noqa: PLC0415 - only checklists select

        use = checklist.standards[index]
        reading = self.standard(standard, found)
        yield from reading.diagnostics
        if not reading.usable:
            message = msg("“{name}” has errors of its own, in {path}", name=standard.id, path=found.path)
            yield source.diagnostic(Problem("standard-invalid", ("standards", index, "standard"), message))
            return
        selected = select(standard, use, self.audience)
        if checklist.rollup is not None and len(checklist.standards) == 1:
            taken = selected.standard.model_copy(update={"rollup": checklist.rollup})
            selected = selected._replace(standard=taken)
        plan = compile_standard(standard, selected)
        of_rollup = () if checklist.rollup is None else plan.problems
        problems = [*lint_use(use, index, standard, selected, plan), *of_rollup]
        yield from (source.diagnostic(problem) for problem in problems)
        missed = reading.plan.uses - plan.uses
        unused = frozenset(name for name in standard.context if f"context.{name}" in missed)
        parts.append(Part(plan, reading.ref, use, unused))

    @staticmethod
    def _pins(checklist: Checklist, pinned: tuple[str, ...], made: Source | None) -> Iterator[Diagnostic]:
        """Check the versions that an observation says it was filled in with."""
        from servaudit.model.versions import within  # noqa: PLC0415 - same

        ranges = {use.standard: use.version for use in checklist.standards}
        for number, one in enumerate(pinned):
            place: Path = ("standards", number)
            name, _, version = one.partition("@")
            if made is None:
                return
            if name not in ranges:
                message = msg("the checklist has no standard “{name}”", name=name)
                yield made.diagnostic(Problem("standard-not-found", place, message, did_you_mean(name, ranges)))
            elif not within(version, ranges[name]):
                message = msg("the checklist takes “{name}” in version {range}, not {version}",
                              name=name, range=ranges[name], version=version)  # fmt: skip
                yield made.diagnostic(Problem("version-mismatch", place, message))


def as_listed(observation: Observation, checklist: Checklist) -> Observation:
    """Call the site and the source by their names in the checklist's lists, however they were typed: one of each name.

    The usual sources keep their keys, which reports say in the language they are in.
    """
    named: dict[str, str] = {}
    for name in ("site", "source"):
        field, given = getattr(checklist.visit, name), getattr(observation.visit, name)
        for key, label in ((field.choices or {}) if field is not None and given is not None else {}).items():
            if folded(given) in {folded(word) for word in (key, *(label or {}).values())}:
                plain = not label or (name == "source" and key in USUAL_SOURCES)
                named[name] = key if plain else checklist.say(label, checklist.language)
                break
    if not named:
        return observation
    return observation.model_copy(update={"visit": observation.visit.model_copy(update=named)})


def shared_out(
    grid: Grid, observation: Observation, problems: list[Problem]
) -> Iterator[tuple[Part, Observation, Path]]:
    """Give each standard its own answers, facts and commendations, and the place its answers are under."""
    if not grid.several:
        yield grid.parts[0], observation, ("answers",)
        return
    from servaudit.scoring.whole import praised  # noqa: PLC0415 - most visits are made with a standard alone

    known = {part.ref.id for part in grid.parts}
    for name in observation.answers.keys() - known:
        message = msg("the checklist has no standard “{name}”", name=name)
        help_ = did_you_mean(str(name), known) or msg("answers stand under the id of their standard: {known}",
                                                     known=", ".join(sorted(known)))  # fmt: skip
        problems.append(Problem("unknown-criterion", ("answers", name), message, help_, on_key=True))
    declared = {name for part in grid.parts for name in part.standard.context}
    context = observation.visit.context
    for name in context.keys() - declared:
        message = msg("no standard of the checklist declares a fact “{name}”", name=name)
        place: Path = ("visit", "context", name)
        problems.append(Problem("context-unknown", place, message, did_you_mean(name, declared), on_key=True))
    for part in grid.parts:
        answers = observation.answers.get(part.ref.id)
        if answers is not None and not isinstance(answers, dict):
            message = msg("under a standard stand its answers: {{criterion: answer}}")
            problems.append(Problem("answer-shape", ("answers", part.ref.id), message))
        facts = {name: value for name, value in context.items() if name in part.standard.context}
        praise = [one for one in observation.commendations if praised(one, part.plan)]
        own = {
            "answers": answers if isinstance(answers, dict) else {},
            "visit": observation.visit.model_copy(update={"context": facts}),
            "commendations": praise,
            "overrides": [],
        }
        yield part, observation.model_copy(update=own), ("answers", part.ref.id)
