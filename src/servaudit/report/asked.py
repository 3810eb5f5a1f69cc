"""The records of a grid view: what forms, sheets and workbooks to fill in are made from."""

from __future__ import annotations

from typing import Literal, NamedTuple

FieldType = Literal["text", "date", "time", "number", "bool", "choice"]
Kind = Literal["choices", "multiple", "number", "text", "date", "time", "photo", "link"]


class Option(NamedTuple):
    """One answer to choose: its key in documents, what a person reads, and its points (None: not applicable)."""

    key: str
    label: str
    points: float | None = None


class FieldView(NamedTuple):
    """Something to ask of the visit; `id` is `site`, `date`, … or `context.` and the name of a fact.

    `choices` is empty unless there is a list to choose from; `standards` are those that declare the fact. `open`: the
    default counts where nothing is said, and is not filled in beforehand: nobody should answer by not looking.
    """

    id: str
    title: str
    help: str | None
    type: FieldType
    required: bool
    choices: tuple[Option, ...]
    default: str | float | bool | None
    standards: tuple[str, ...] = ()
    open: bool = False


class Evidence(NamedTuple):
    """What must go with an answer, and when."""

    require: Literal["note", "photo", "any"]
    when: Literal["not_met", "always"]


class GridRow(NamedTuple):
    """One criterion to answer.

    `path` is the dotted path of its section and its id. `low` and `high` bound a number (None: any). `repeat` says how
    several observations are combined, None where there is one. `applies_when` is the condition as it is written.
    """

    id: str
    path: str
    text: str
    guidance: str | None
    why: str | None
    good: str | None
    bad: str | None
    pictures: tuple[tuple[str, str], ...]
    severity: str
    severity_word: str
    weight: float
    facets: tuple[tuple[str, str], ...]
    kind: Kind
    choices: tuple[Option, ...]
    unit: str | None
    low: float | None
    high: float | None
    repeat: str | None
    bonus: bool
    scored: bool
    evidence: Evidence | None
    applies_when: str | None
    na_allowed: bool


class GridSection(NamedTuple):
    """One section; those inside it follow, one deeper. Criteria right under the standard are in one with id ""."""

    id: str
    path: str
    title: str
    depth: int
    repeated: bool
    applies_when: str | None
    criteria: tuple[GridRow, ...]


class GridPart(NamedTuple):
    """One standard: `identity` is id@version, `left_out` how many of its criteria the checklist does not take."""

    id: str
    version: str
    identity: str
    sha256: str
    title: str
    description: str | None
    sections: tuple[GridSection, ...]
    left_out: int

    @property
    def criteria(self) -> tuple[GridRow, ...]:
        """All its criteria, in order."""
        return tuple(row for section in self.sections for row in section.criteria)


class GridView(NamedTuple):
    """Everything that is asked on a visit, in one language. `kind` says what `identity` is one of."""

    language: str
    kind: Literal["checklist", "standard"]
    identity: str
    sha256: str
    title: str
    description: str | None
    scenario: str | None
    fields: tuple[FieldView, ...]
    parts: tuple[GridPart, ...]

    @property
    def several(self) -> bool:
        """Whether answers stand under the id of their standard."""
        return self.kind == "checklist" and len(self.parts) > 1
