"""What the guide for authors shows is what servaudit accepts."""

import re
from pathlib import Path

from servaudit import sources
from servaudit.audit import Audit
from servaudit.library import Library

GUIDE = (Path(__file__).parent.parent / "docs/standards.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(kind: (\w+)\n.*?)```", GUIDE, re.DOTALL)


def test_the_standard_and_the_visit_of_the_guide_are_sound_and_score(tmp_path):
    assert [kind for _, kind in BLOCKS] == ["standard", "observation"]
    for text, kind in BLOCKS:
        (tmp_path / f"{kind}.yaml").write_text(text, "utf-8")
    audit = Audit(Library())
    assert audit.check(sources.read(tmp_path / "standard.yaml")) == ()
    audited = audit.visit(sources.read(tmp_path / "observation.yaml"))
    assert audited.diagnostics == ()
    # welcome: (0.7 + 0.125 + 0 + twice 2 of 3) over 5, closing: exit_clear alone; weights 2 and 1
    assert round(audited.scored[0].card.score, 9) == round(((0.7 + 0.125 + 4 / 3) / 5 * 2 + 1) / 3, 9)
