"""Replays a standard's history on an observation made with an older version; no answer is lost on the way.

What has no place any more stands under `former:` in the observation, by the version that it was given to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.change.reanswer import agreed, joined, passes, rescaled, unlike
from servaudit.change.spelling import relabelled, spelled, touched
from servaudit.diagnostics import Problem, msg
from servaudit.model.versions import SemVer
from servaudit.scoring.answers import DETAIL_KEYS, empty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servaudit.diagnostics import Message, Path
    from servaudit.model.history import History, Release
    from servaudit.model.standard import Standard

Data = dict[str, Any]


class Step(NamedTuple):
    """An observation brought to one more version.

    `renamed`: the keys that only have another name now, by their paths in the data of the step before.
    """

    version: str
    data: Data
    renamed: Mapping[Path, str]


class Migrated(NamedTuple):
    """An observation brought to a version, step by step; `problems` are warnings of what is kept aside, and why.

    Their places are those of the data of the step that they belong to, which may not be the first.
    """

    data: Data
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]


def releases(history: History, old: str, new: str) -> list[tuple[str, Release]]:
    """List what happened after version `old`, up to and with `new`, in order."""
    low, high = SemVer.of(old), SemVer.of(new)
    return sorted(
        ((version, release) for version, release in history.items() if low < SemVer.of(version) <= high),
        key=lambda entry: SemVer.of(entry[0]),
    )


def migrate(
    data: Mapping[str, Any],
    standard: str,
    history: History,
    old: str,
    new: str,
    made_with: Standard | None = None,
    into: Standard | None = None,
) -> Migrated:
    """Bring an observation's data (valid as an Observation) from version `old` of a standard to version `new`.

    `standard` is the id; in an observation of a checklist, only that standard's answers change. `made_with` and
    `into` are the standard in versions `old` and `new`, where they are at hand: answers that were written as labels are
    then understood, even where the labels are no more. The data that are given stay as they are.
    """
    steps: list[Step] = []
    problems: list[Problem] = []
    current = dict(data)
    last = old
    between = releases(history, old, new)
    names: set[str] = set()
    if made_with is not None:
        names = touched(release for _, release in between)
        names |= relabelled(made_with, into) if into is not None else set()
    if made_with is not None and names:
        current["answers"] = _own(current, standard, lambda own, _: spelled(own, made_with, names))
    for version, release in between:
        one = _Release(standard, last, version, release)
        current = one.applied(current)
        problems += one.problems
        steps.append(Step(version, current, one.renamed))
        last = version
    if last != new or not steps:
        current = _renumbered(current, standard, last, new)
        steps.append(Step(new, current, {}))
    return Migrated(current, tuple(steps), tuple(problems))


def _renumbered(data: Data, standard: str, old: str, new: str) -> Data:
    """Name the new version where the observation names the old one."""
    before, after = f"{standard}@{old}", f"{standard}@{new}"
    if data.get("standard") == before:
        return {**data, "standard": after}
    if before in (data.get("standards") or ()):
        return {**data, "standards": [after if each == before else each for each in data["standards"]]}
    return data


def _own(data: Data, standard: str, change: Callable[[Mapping[str, Any], Path], Data]) -> Data:
    """Change the answers to one standard, which stand under its id where the visit answers several."""
    answers: Data = data.get("answers") or {}
    if len(data.get("standards") or ()) > 1 and isinstance(answers.get(standard), dict):
        return {**answers, standard: change(answers[standard], ("answers", standard))}
    return change(answers, ("answers",))


class _Release:
    """One version's operations, applied to one observation."""

    def __init__(self, standard: str, old: str, version: str, release: Release) -> None:
        self.standard, self.old, self.version, self.release = standard, old, version, release
        self.removed = set(release.remove)
        self.merged = {part: new for new, merge in release.merge.items() for part in merge.of}
        self.renamed: dict[Path, str] = {}
        self.kept: Data = {}
        self.problems: list[Problem] = []

    def applied(self, data: Data) -> Data:
        """Give the observation as this version has it."""
        data = dict(data)
        data["answers"] = _own(data, self.standard, lambda own, place: self._level(own, place, ""))
        if (data.get("visit") or {}).get("context"):
            data["visit"] = {**data["visit"], "context": self._context(data["visit"]["context"])}
        if data.get("commendations"):
            data["commendations"] = [self._praise(praise) for praise in data["commendations"]]
        if data.get("overrides"):
            data["overrides"] = [self._override(override) for override in data["overrides"]]
        if self.kept:
            reference = f"{self.standard}@{self.old}"
            former = data.get("former") or {}
            data["former"] = {**former, reference: {**(former.get(reference) or {}), **self.kept}}
        return _renumbered(data, self.standard, self.old, self.version)

    def _level(self, answers: Mapping[str, Any], place: Path, prefix: str) -> Data:
        """Bring the answers of the visit, or of one instance of a repeated section, to the new ids and scales."""
        release = self.release
        result: Data = {}
        groups: dict[str, dict[str, Any]] = {new: {} for new in release.merge}
        for name, raw in answers.items():
            at = (*place, name)
            if name in self.merged:
                groups[self.merged[name]][name] = raw
                result.setdefault(self.merged[name], None)  # where the first of them stood
            elif name in release.split:
                result.update(self._split(name, raw, at, prefix))
            elif name in self.removed:
                self._keep(name, raw, at, prefix, msg("{version} does not ask for it any more", version=self.version))
            elif name in release.move:
                self._moved(name, raw, at, prefix, result)
            else:
                self._renamed(name, self._instances(name, raw, at, prefix), at, prefix, result)
        for new, given in groups.items():
            if given:
                self._merge(new, given, place, prefix, result)
        for name in release.rescale.keys() & result.keys():
            result[name] = self._rescale(name, result[name], prefix)
        return result

    def _instances(self, name: str, raw: Any, at: Path, prefix: str) -> Any:  # noqa: ANN401 - an answer is what the file holds
        """Go into the instances of a repeated section; another answer stays as it is."""
        if isinstance(raw, list) and raw and all(isinstance(item, dict) for item in raw):
            return [self._level(item, (*at, n), f"{prefix}{name}[{n + 1}].") for n, item in enumerate(raw)]
        return raw

    def _renamed(self, name: str, raw: Any, at: Path, prefix: str, result: Data) -> None:  # noqa: ANN401 - same
        new = self.release.rename.get(name, name)
        if result.get(new) is not None:
            self._keep(name, raw, at, prefix, msg("“{name}” is answered already", name=new))
            return
        if new != name:
            self.renamed[at] = new
        result[new] = raw

    def _split(self, name: str, raw: Any, at: Path, prefix: str) -> Data:  # noqa: ANN401 - same
        split = self.release.split[name]
        if split.only is None or passes(raw, split.only):
            return dict.fromkeys(split.into, raw)
        why = msg("it does not say which of {names} it holds for", names=", ".join(split.into))
        self._keep(name, raw, at, prefix, why)
        return {}

    def _merge(self, new: str, given: Data, place: Path, prefix: str, result: Data) -> None:
        merge = self.release.merge[new]
        found = agreed([given.get(part) for part in merge.of], merge.first)
        if found is not None:
            result[new] = joined(found, list(given.values()))
            if unlike(found, list(given.values())):
                self.kept.update({prefix + part: raw for part, raw in given.items() if not empty(raw)})
            return
        del result[new]
        why = msg("with the others that became “{name}” it gives no one answer", name=new)
        for part, raw in given.items():
            self._keep(part, raw, (*place, part), prefix, why)

    def _moved(self, name: str, raw: Any, at: Path, prefix: str, result: Data) -> None:  # noqa: ANN401 - same
        """Put an answer into the one instance of the repeated section it now belongs to."""
        section = self.release.move[name]
        instances = result.setdefault(section, [{}])
        if isinstance(instances, list) and len(instances) == 1 and isinstance(instances[0], dict):
            result[section] = [{**instances[0], name: raw}]
        else:
            why = msg("it does not say which of “{section}” it holds for", section=section)
            self._keep(name, raw, at, prefix, why)

    def _rescale(self, name: str, raw: Any, prefix: str) -> Any:  # noqa: ANN401 - same
        new, ambiguous = rescaled(raw, self.release.rescale[name])
        if ambiguous:  # several old answers became one: which it was stays written
            old = next((old for old, renamed in self.release.rename.items() if renamed == name), name)
            self.kept.setdefault(prefix + old, raw)
        return new

    def _context(self, facts: Mapping[str, Any]) -> Data:
        result: Data = {}
        for name, value in facts.items():
            at: Path = ("visit", "context", name)
            if f"context.{name}" in self.removed:
                why = msg("{version} does not ask for it any more", version=self.version)
                self._keep(f"context.{name}", value, at, "", why)
                continue
            new = self.release.rename.get(f"context.{name}", f"context.{name}").removeprefix("context.")
            if new != name:
                self.renamed[at] = new
            rule = self.release.rescale.get(f"context.{new}")
            result[new] = value if rule is None else rescaled(value, rule)[0]
        return result

    def _praise(self, praise: Mapping[str, Any]) -> Data:
        """Let a commendation follow its criterion; of one that is gone or split, the note names it."""
        if praise.get("standard") not in (None, self.standard):
            return dict(praise)
        name = praise.get("criterion")
        if name in self.removed or name in self.release.split:
            rest = {key: value for key, value in praise.items() if key not in ("criterion", "standard")}
            return {**rest, "note": f"{praise.get('note')} ({name})"}
        new = self.merged.get(name or "") or self.release.rename.get(name or "")
        return {**praise, "criterion": new} if new else dict(praise)

    def _override(self, override: Mapping[str, Any]) -> Data:
        new = self.release.rename.get(f"levels.{override.get('to')}")
        if override.get("of") == "level" and new:
            return {**override, "to": new.removeprefix("levels.")}
        return dict(override)

    def _keep(self, name: str, raw: Any, at: Path, prefix: str, why: Message) -> None:  # noqa: ANN401 - same
        """Keep an answer aside, and say why; nothing is said of one that says nothing."""
        if empty(raw) or (isinstance(raw, dict) and DETAIL_KEYS & raw.keys() and all(map(empty, raw.values()))):
            return
        self.kept[prefix + name] = raw
        message = msg("the answer to “{name}” is kept aside, not scored: {why}", name=prefix + name, why=why)
        self.problems.append(Problem("answer-kept", at, message, msg("it stands under “former:” in the new file")))
