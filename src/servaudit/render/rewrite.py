"""Writes changed data into the text they were read from: comments, quotes and layout of all that stays are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from servaudit import sources
from servaudit.render.yaml import block, flow
from servaudit.sources.splice import Edit, splice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.diagnostics import Path
    from servaudit.sources import Source
    from servaudit.sources.places import Place

Data = dict[str, Any]


def rewritten(name: str, content: bytes, steps: Sequence[tuple[Data, Mapping[Path, str]]]) -> tuple[bytes, bool]:
    """Bring a document through steps: the data of each, and the keys that only have another name in it.

    Gives the new bytes, and whether the layout could be kept; else the document is written anew. What is read of them
    is the data of the last step, in any case.
    """
    final = steps[-1][0]
    if not name.lower().endswith(".json"):
        kept = content
        for data, renamed in steps:
            source = sources.parse(name, kept)
            place = source.place(())
            if place is None or not isinstance(source.data, dict):
                break
            kept = splice(kept, _Changes(source, renamed).mapping((), place, source.data, data))
            if sources.parse(name, kept).data != data:
                break
        else:
            return kept, True
    if name.lower().endswith(".json"):
        return f"{json.dumps(final, ensure_ascii=False, indent=2)}\n".encode(), True
    return "".join(f"{line}\n" for line in block(final)).encode(), False


class _Changes:
    """What must be put where, so that a text says other data. Whether it then does is checked by reading it again."""

    def __init__(self, source: Source, renamed: Mapping[Path, str]) -> None:
        self.text, self.renamed = source.text, renamed

    def value(self, path: Path, place: Place, old: Any, new: Any) -> Iterator[Edit]:  # noqa: ANN401 - what YAML has
        """Change a value: inside where it can be, else as a whole, on one line."""
        if isinstance(old, dict) and isinstance(new, dict) and old and new:
            yield from self.mapping(path, place, old, new)
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                yield from self.value((*path, index), place.children[index], before, after)
        elif old != new or type(old) is not type(new):
            empty = place.start == place.key_start  # nothing stands there: it is shown where its key is
            yield (
                Edit(*self._after_colon(place), f" {flow(new)}")
                if empty
                else Edit(place.start, self._end(place), flow(new))
            )

    def mapping(self, path: Path, place: Place, old: Data, new: Data) -> Iterator[Edit]:
        """Change the keys of a mapping, take out those that are gone, and put new ones behind the last that stays."""
        names = {name: self.renamed.get((*path, name), name) for name in old}
        came = {target for name, target in names.items() if target != name}
        stays = {name: target for name, target in names.items()
                 if target in new and (target != name or name not in came)}  # fmt: skip
        is_flow = self.text[place.start : place.start + 1] == "{"
        kept: list[Place] = []
        entries = [*place.children.values()]
        for index, (name, value) in enumerate(old.items()):
            entry = place.children[name]
            target = stays.get(name)
            if target is None:
                yield self._without(index, entries, is_flow=is_flow)
                continue
            kept.append(entry)
            if target != name and entry.key_start is not None:
                yield Edit(entry.key_start, entry.key_end, flow(target))
            yield from self.value((*path, name), entry, value, new[target])
        there = set(stays.values())
        added = {name: value for name, value in new.items() if name not in there}
        if added:
            yield self._with(
                added, place, kept, depth=1 if path[:1] == ("answers",) else 3 - len(path), is_flow=is_flow
            )

    def _after_colon(self, place: Place) -> tuple[int, int]:
        colon = self.text.find(":", place.key_end)
        return colon + 1, colon + 1

    def _end(self, place: Place) -> int:
        """Find where a value ends; what YAML calls the end of a block is where the next thing begins."""
        if place.children and self.text[place.start : place.start + 1] not in ("{", "["):
            return max(self._end(child) for child in place.children.values())
        end = max(place.end, place.key_end)
        while end > place.start and self.text[end - 1] in "\n ":
            end -= 1
        return end

    def _line(self, offset: int) -> tuple[int, int]:
        """Give where the line of an offset starts, and where the next one does."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end + 1

    def _without(self, index: int, entries: list[Place], *, is_flow: bool) -> Edit:
        """Take out the entry number `index` of a mapping."""
        entry = entries[index]
        start = entry.start if entry.key_start is None else entry.key_start
        line = self._line(start)[0]
        if not is_flow and self.text[line:start].strip() and index + 1 < len(entries):  # behind the dash of a list
            return Edit(start, entries[index + 1].key_start or start, "")
        if not is_flow:
            return Edit(line, self._line(self._end(entry))[1], "")
        if index + 1 < len(entries):
            return Edit(start, entries[index + 1].key_start or start, "")
        return Edit(self._end(entries[index - 1]) if index else start, self._end(entry), "")

    def _with(self, added: Data, place: Place, kept: list[Place], *, depth: int, is_flow: bool) -> Edit:
        if is_flow:
            written = ", ".join(f"{flow(name)}: {flow(value)}" for name, value in added.items())
            at = self._end(kept[-1]) if kept else place.start + 1
            return Edit(at, at, f", {written}" if kept else written)
        first = next(iter(place.children.values())).key_start or 0
        indent = " " * (first - self._line(first)[0])
        lines = "".join(f"{line}\n" for line in block(added, indent, depth=depth))
        if not kept:
            return Edit(self._line(first)[0], self._line(first)[0], lines)
        at = self._line(self._end(kept[-1]))[1]
        return Edit(at, at, lines if self.text[at - 1] == "\n" else f"\n{lines}")
