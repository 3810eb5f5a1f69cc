"""Past visits scored under two versions of a standard, for `servaudit diff --impact`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from servaudit.cli.exits import Exit, InputError, UsageError
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from servaudit.change.impact import Effect
    from servaudit.cli.diff import Sides
    from servaudit.cli.show import Show
    from servaudit.model.observation import Observation
    from servaudit.scoring.plan import Plan
    from servaudit.sources import Source


def effects_on(
    paths: list[str], sides: Sides, folders: tuple[str, ...], show: Show
) -> tuple[list[Effect] | None, bool]:
    """Score past visits under both versions; also says whether something that was named could not be used."""
    from servaudit.audit import observations  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.change.impact import effect, ranked  # noqa: PLC0415 - same
    from servaudit.load import load  # noqa: PLC0415 - same
    from servaudit.model.observation import Observation  # noqa: PLC0415 - same

    plans = _Plans(sides, folders, show)
    found: list[Effect] = []
    aside: list[str] = []
    failed = False
    with show.progress(msg("{count} visits scored")) as progress:
        for source in observations(paths):
            progress()
            loaded = load(source, Observation)
            show.diagnostics(loaded.diagnostics)
            if loaded.value is None or not isinstance(source.data, dict):
                failed = True
                continue
            pair = plans.of(loaded.value, source)
            if pair is None:
                aside.append(source.path)
            else:
                found.append(effect(source.data, source.path, *pair))
    if aside:
        show.note(msg("made with something else, left aside: {files}", files=", ".join(aside)))
    if not found and not failed:
        raise InputError(msg("there is nothing to score: no visit of “{id}” was found", id=sides.after.id))
    return ranked(found) if found else None, failed


class _Plans:
    """The two versions, ready to score visits with: as they are, or as a checklist takes them."""

    def __init__(self, sides: Sides, folders: tuple[str, ...], show: Show) -> None:
        from servaudit.library import Library  # noqa: PLC0415 - same
        from servaudit.lint import lint_standard  # noqa: PLC0415 - same
        from servaudit.model.standard import Standard  # noqa: PLC0415 - same
        from servaudit.scoring.planner import compile_standard  # noqa: PLC0415 - same

        before, after = sides.before, sides.after
        if not isinstance(before, Standard) or not isinstance(after, Standard):
            raise UsageError(msg("--impact scores visits under two versions of a standard, and of nothing else"))
        self.before, self.after = before, after
        self.plain = compile_standard(before), compile_standard(after)
        found = [source.diagnostic(problem) for source, plan in zip((sides.old, sides.new), self.plain, strict=True)
                 for problem in lint_standard(plan)]  # fmt: skip
        # A version to come is what a change is about: it is raised when all is said.
        errors = [one for one in found if one.severity == "error" and one.code != "history-version"]
        show.diagnostics(errors)
        if errors:
            raise typer.Exit(Exit.INPUT)
        self.library = Library(folders)
        self.taken: dict[tuple[str, str], tuple[Plan, Plan] | None] = {}

    def of(self, observation: Observation, source: Source) -> tuple[Plan, Plan] | None:
        """Give the plans that a visit is scored with; None where it has nothing to do with the standard."""
        if observation.checklist is None:
            known = (observation.standard or "").partition("@")[0] in (self.before.id, self.after.id)
            return self.plain if known else None
        key = (os.path.dirname(source.path), observation.checklist)  # noqa: PTH120 - the user's text
        if key not in self.taken:
            self.taken[key] = self._taken(observation.checklist, source)
        return self.taken[key]

    def _taken(self, reference: str, source: Source) -> tuple[Plan, Plan] | None:
        from servaudit.library import Reference  # noqa: PLC0415 - same
        from servaudit.model.checklist import Checklist  # noqa: PLC0415 - same
        from servaudit.scoring.planner import compile_standard  # noqa: PLC0415 - same
        from servaudit.scoring.selection import select  # noqa: PLC0415 - same

        checklist = self.library.find(Checklist, Reference.of(reference, ("checklist",)), source).document
        use = next((one for one in checklist.standards if one.standard == self.after.id), None) if checklist else None
        if use is None:
            return None
        old, new = (compile_standard(each, select(each, use)) for each in (self.before, self.after))
        return old, new
