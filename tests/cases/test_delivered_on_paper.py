"""Every standard and checklist that is delivered can be printed, taught and started from text, in both languages."""

from pathlib import Path

import pytest

from booklets import booklet_of, sheet_of
from servaudit import sources
from servaudit.audit import Audit
from servaudit.checklists import Checklists
from servaudit.i18n import LANGUAGES, translator
from servaudit.library import Library
from servaudit.render import paper, training
from servaudit.render.blank import Visit, blank
from servaudit.render.markdown import markdown
from servaudit.sources.evidence import read_photo

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    path
    for folder in ("standards", "examples")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if sources.said_kind(sources.read(path)) in ("standard", "checklist")
]


def grid(path: Path, audience: str = "auditor"):
    found = Checklists(Library(), audience).open(sources.read(path))  # type: ignore[arg-type]
    assert found.grid is not None, found.diagnostics
    return found.grid


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_is_printed_and_taught(path, language):
    made = sheet_of(grid(path), language)
    texts = [line.row.text for block in made.blocks for line in block.lines]
    page, text = paper.page(made).decode(), markdown(made).decode()
    assert page.count("<tbody>") == len(made.printed)
    assert all(f"\n{number}. **" in text for number in range(1, len(texts) + 1))
    for audience in ("trainer", "staff"):
        booklet = booklet_of(grid(path, audience), audience, language)
        assert training.page(booklet, read_photo).count(b'<article class="card">') > 0 or audience == "staff"
        for question in booklet.questions:
            assert len({option.text for option in question.options}) == 3


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_visit_started_from_it_lacks_nothing_but_what_the_visit_will_tell(path):
    made = grid(path)
    language = (made.checklist or made.parts[0].standard).language
    text = blank(sheet_of(made, language), Visit("v", None, "2026-11-03"), translator(language))
    source = sources.parse(str(path.parent / "v.yaml"), text.encode())
    found = {one.code for one in Audit(Library()).visit(source).diagnostics if one.severity == "error"}
    assert found <= {"context-missing", "visit-field"}
