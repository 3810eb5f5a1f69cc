"""Writes the index of the library in standards/README.md: what its files declare, ask and take, in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booklets import sheet_of
from servaudit import sources
from servaudit.checklists import Checklists
from servaudit.library import Library
from servaudit.model.checklist import Checklist
from servaudit.model.standard import Criterion, Section, Standard
from servaudit.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SHELF = ROOT / "standards"
PAGE = SHELF / "README.md"
EXAMPLES = ROOT / "examples/bibliotheque"
_INDEX = re.compile(r"(?<=<!-- index: python tests/generated\.py -->\n).*?(?=<!-- end of the index -->)", re.DOTALL)


def page() -> str:
    """Give the page with the index that the files make; what people wrote around it stays."""
    return _INDEX.sub(lambda _: f"\n{index()}\n\n", PAGE.read_text("utf-8"))


def index() -> str:
    """Write a table of the vocabularies, one of the standards and one of the checklists."""
    library = Library()
    opened = [(path, library.open(sources.read(str(path))).value) for path in sorted(SHELF.rglob("*.yaml"))]
    return "\n\n".join(
        "\n".join([f"### {heading}\n", _row(head), _row("---" for _ in head), *rows])
        for heading, head, rows in (
            ("Vocabularies", ("id", "title", "axes of analysis", "scales"), _rows(opened, Vocabulary)),
            ("Standards", ("id", "title", "sections", "criteria", "uses"), _rows(opened, Standard)),
            ("Checklists", ("id", "title", "standards", "criteria", "example"), _rows(opened, Checklist)),
        )
    )


def _rows(opened: list[tuple[Path, Any]], kind: type[Any]) -> list[str]:
    return [_row((_name(path, one), _title(one), *_told(path, one))) for path, one in opened if isinstance(one, kind)]


def _told(path: Path, one: Vocabulary | Standard | Checklist) -> Iterator[str]:
    if isinstance(one, Vocabulary):
        yield _listed(f"`{name}`" for name in one.facets)
        yield _listed(f"`{name}`" for name in one.scales)
    elif isinstance(one, Standard):
        criteria = list(_criteria(one))
        critical = sum(criterion.severity == "critical" for criterion in criteria)
        yield " · ".join(one.say(section.title, "en") for section in one.sections) or "—"
        yield f"{len(criteria)}" + (f", {critical} critical" if critical else "")
        yield _listed(f"`{name}`" for name in one.use)
    else:
        grid = Checklists(Library()).open(sources.read(str(path))).grid
        assert grid is not None, path
        asked = sum(len(block.lines) for block in sheet_of(grid).blocks)
        example = EXAMPLES / one.id
        yield _listed(f"`{part.standard} {part.version}`" for part in one.standards)
        yield str(asked)
        yield f"[visits](../examples/bibliotheque/{one.id})" if example.is_dir() else "—"


def _criteria(within: Standard | Section) -> Iterator[Criterion]:
    yield from within.criteria
    for section in within.sections:
        yield from _criteria(section)


def _name(path: Path, one: Vocabulary | Standard | Checklist) -> str:
    return f"[`{one.id}`]({path.relative_to(SHELF).as_posix()}) {one.version}"


def _title(one: Vocabulary | Standard | Checklist) -> str:
    return f"{one.say(one.title, 'en')}<br>*{one.say(one.title, 'fr')}*"


def _listed(names: Iterator[str]) -> str:
    return ", ".join(names) or "—"


def _row(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
