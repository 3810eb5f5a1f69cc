"""The configuration that docs/repository.md shows is one."""

import re
from pathlib import Path

from servaudit.configuration import check
from servaudit.sources import parse

PAGE = Path(__file__).parent.parent / "docs/repository.md"


def test_the_configuration_it_shows_is_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    Path("standards").mkdir()
    Path("visits").mkdir()
    Path("brand").mkdir()
    Path("brand/report.html").touch()
    Path("brand/report.xlsx").touch()
    found = check(parse("servaudit.yaml", block.replace("../group/standards", "standards").encode()))
    assert found.diagnostics == ()
    assert found.value.fail_under == 80
    assert found.value.lint == {"na-critical": "off", "duplicate-visit": "error"}
    assert found.value.glossary["fr"] == {"usager": "client", "guichetier": "conseiller"}
