"""What the guides for authors show is what servaudit accepts."""

import re
from pathlib import Path

import pytest

from servaudit import sources
from servaudit.audit import Audit
from servaudit.library import Library
from servaudit.load import load
from servaudit.model.standard import Standard

DOCS = Path(__file__).parent.parent / "docs"


def blocks(guide: str) -> list[tuple[str, str]]:
    """Give every document that a guide shows, with its kind."""
    return re.findall(r"```yaml\n(kind: (\w+)\n.*?)```", (DOCS / guide).read_text("utf-8"), re.DOTALL)


@pytest.fixture
def audit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for guide in ("standards.md", "checklists.md"):
        for number, (text, kind) in enumerate(blocks(guide)):
            Path(f"{guide}-{number}-{kind}.yaml").write_text(text, "utf-8")
    return Audit(Library())


def test_the_standard_and_the_visit_of_the_guide_are_sound_and_score(audit):
    assert [kind for _, kind in blocks("standards.md")] == ["standard", "observation", "vocabulary"]
    assert audit.check(sources.read("standards.md-0-standard.yaml")) == ()
    audited = audit.visit(sources.read("standards.md-1-observation.yaml"))
    assert audited.diagnostics == ()
    # welcome: (0.7 + 0.125 + 0 + twice 2 of 3) over 5, closing: exit_clear alone; weights 2 and 1
    assert round(audited.scored[0].card.score, 9) == round(((0.7 + 0.125 + 4 / 3) / 5 * 2 + 1) / 3, 9)


def test_the_checklists_of_the_guide_are_sound_and_their_visits_score(audit):
    kinds = ["checklist", "observation", "checklist", "observation"]
    assert [kind for _, kind in blocks("checklists.md")] == kinds
    for number, kind in enumerate(kinds):
        assert audit.check(sources.read(f"checklists.md-{number}-{kind}.yaml")) == ()
    short, *_ = audit.visit(sources.read("checklists.md-1-observation.yaml")).scored
    # welcome: (2/3 + 0.125 + 1 + twice 2/3) over 5; closing: thanked no, exit_clear yes; weights 2 and 1
    assert round(short.card.score, 9) == round(((2 / 3 + 0.125 + 1 + 4 / 3) / 5 * 2 + 1 / 2) / 3, 9)
    assert short.card.out_of_scope == ("umbrella",)
    whole, counter, behaviours = (
        one.card for one in audit.visit(sources.read("checklists.md-3-observation.yaml")).scored
    )
    assert whole.score == pytest.approx((2 * counter.score + behaviours.score) / 3, abs=1e-9)
    assert (whole.level, whole.passed) == ("good", True)


def test_the_vocabulary_of_the_guide_is_sound_and_a_standard_can_use_it(audit):
    assert audit.check(sources.read("standards.md-2-vocabulary.yaml")) == ()
    (use,) = re.findall(r"```yaml\n(use: .*?)```", (DOCS / "standards.md").read_text("utf-8"), re.DOTALL)
    head = "kind: standard\nid: shop\nversion: 1.0.0\ntitle: Shop\n"
    criteria = "criteria: [{id: heard, text: Heard, scale: extent, facets: {channel: phone}}]\n"
    assert audit.check(sources.parse("shop.yaml", f"{head}{use}{criteria}".encode())) == ()


@pytest.mark.parametrize("guide", ["standards.md", "changing.md"])
def test_the_histories_of_the_guides_can_be_read(guide):
    (text,) = re.findall(r"```yaml\n(history:\n.*?)```", (DOCS / guide).read_text("utf-8"), re.DOTALL)
    head = "kind: standard\nid: counter\nversion: 2.0.0\ntitle: Counter\ncriteria: [{id: greeted, text: Greeted}]\n"
    source = sources.parse("counter.yaml", f"{head}{text}".encode())
    assert load(source, Standard).diagnostics == ()
