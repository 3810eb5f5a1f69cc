"""Writes the drafts made of the grids of tests/cases/grids beside them (`python -m tests.drafts`)."""

from __future__ import annotations

from pathlib import Path

from servaudit.draft.choose import choose
from servaudit.draft.maker import Maker
from servaudit.draft.table import Wishes
from servaudit.i18n.translator import translator
from servaudit.load.grid import read
from servaudit.render.draft import render

GRIDS = Path(__file__).parent / "cases/grids"
FILES = sorted(path for path in GRIDS.iterdir() if path.suffix in (".xlsx", ".csv"))


def drafted(path: Path):
    """Make the draft of a grid."""
    grid = read(str(path))
    assert not [fault for fault in grid.diagnostics if fault.severity == "error"]
    chosen = choose(grid.sheets, (), {}, Wishes())
    return Maker().draft(chosen.tables, id_=None, file=grid.stem)


def page(path: Path) -> str:
    """Write it, its comments in the language of the grid, with what was left out as comments at the end."""
    draft = drafted(path)
    tr = translator(draft.language)
    text = render(draft, tr, source=path.name, schema="../../../docs/schemas/standard.json")
    return text + "".join(f"# {one.place} “{one.text}”: {tr.message(one.why)}\n" for one in draft.left)


if __name__ == "__main__":
    for grid in FILES:
        grid.with_suffix(".yaml").write_text(page(grid), "utf-8", newline="\n")
