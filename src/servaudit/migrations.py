"""Brings an observation to newer versions of what it was made with: finds them, replays histories, checks answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from servaudit.change.migration import migrate
from servaudit.diagnostics import Problem, msg
from servaudit.library import Reference
from servaudit.model.checklist import Checklist
from servaudit.model.observation import Observation
from servaudit.model.standard import Standard
from servaudit.model.versions import SemVer
from servaudit.scoring.layout import lay_out
from servaudit.scoring.planner import compile_standard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Diagnostic, Path
    from servaudit.library import Library
    from servaudit.sources import Source

T = TypeVar("T", Standard, Checklist)


class Way:
    """A visit on its way: `steps` are its data version by version, and what only has another name in each.

    `said` names the versions; with an error among the diagnostics, the visit cannot go there.
    """

    def __init__(self, source: Source, library: Library) -> None:
        self.source, self.library = source, library
        self.data: dict[str, Any] = dict(source.data) if isinstance(source.data, dict) else {}
        self.steps: list[tuple[dict[str, Any], Mapping[Path, str]]] = []
        self.origins: dict[Path, Path] = {}
        """Where what has another name now stood in the file."""
        self.said: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def checklist(self, observation: Observation, to: str | None) -> None:
        """Go to another version of the checklist, and to the versions of standards that it takes."""
        pinned = observation.checklist or ""
        found = self._find(Checklist, pinned, ("checklist",), to)
        if found is None:
            return
        if found.version != pinned.partition("@")[2]:
            self.data = {**self.data, "checklist": f"{found.id}@{found.version}"}
            self.steps.append((self.data, {}))
        self.said.append(f"{pinned} → {found.version}")
        ranges = {use.standard: use.version for use in found.standards}
        for index, one in enumerate(observation.standards):
            self.standard(one, ("standards", index), ranges.get(one.partition("@")[0]))

    def standard(self, pinned: str, place: Path, to: str | None) -> None:
        """Go to another version of a standard: the highest in the range `to`, the newest when it is left out."""
        standard = self._find(Standard, pinned, place, to)
        if standard is None:
            return
        name, _, old = pinned.partition("@")
        self.said.append(pinned if standard.version == old else f"{pinned} → {standard.version}")
        if standard.version == old:
            return
        # Where the old version cannot be found, answers that were written as labels are not understood: that is said.
        known = self.library.find(Standard, Reference(name, old, place), self.source).document
        result = migrate(self.data, name, standard.history, old, standard.version, known, standard)
        self.diagnostics += map(self.source.diagnostic, result.problems)
        self.data = result.data
        for step in result.steps:
            self.steps.append((step.data, step.renamed))
            for was, now in step.renamed.items():
                self.origins[*was[:-1], now] = self.origins.get(was, was)
        self._check(standard, place)

    def _find(self, model: type[T], pinned: str, place: Path, to: str | None) -> T | None:
        name, _, old = pinned.partition("@")
        found = self.library.find(model, Reference(name, to or f">={old}", place), self.source)
        self.diagnostics += found.diagnostics
        document = found.document
        if document is not None and SemVer.of(document.version) < SemVer.of(old):
            message = msg("this visit was made with {old}, which is later than {new}", old=old, new=document.version)
            remedy = msg("a visit is brought to newer versions only; score --as looks at it under another")
            self.diagnostics.append(self.source.diagnostic(Problem("version-mismatch", place, message, remedy)))
            return None
        return document

    def _check(self, standard: Standard, pin: Path) -> None:
        """Lay the new answers out on the new standard: what it cannot read is said."""
        plan = compile_standard(standard)
        if plan.problems:
            message = msg("“{name}” has errors of its own", name=f"{standard.id}@{standard.version}")
            self.diagnostics.append(self.source.diagnostic(Problem("standard-invalid", pin, message)))
            return
        observation = Observation.model_validate(self.data)
        place: Path = ("answers",)
        answers, facts = observation.answers, observation.visit.context
        if len(observation.standards) > 1:
            given = answers.get(standard.id)
            answers, place = given if isinstance(given, dict) else {}, ("answers", standard.id)
            facts = {name: value for name, value in facts.items() if name in standard.context}
        sheet = lay_out(plan, answers, facts, place)
        found = (self.source.diagnostic(one._replace(path=self._origin(one.path))) for one in sheet.problems)
        self.diagnostics += (one for one in found if one.severity == "error")

    def _origin(self, path: Path) -> Path:
        """Find where something of the new data stood in the file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return (*self.origins[path[:length]], *path[length:])
        return path
