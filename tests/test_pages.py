"""The pages that are played show what the commands really print."""

import re

import pytest
from tests.pages import PLAYED, ROOT, blocks, replayed

from servaudit.cli.exits import Exit


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page, tmp_path):
    text = page.read_text("utf-8")
    assert replayed(text, tmp_path) == text


def test_the_gate_that_the_tutorial_quotes_is_in_what_init_writes():
    (quoted,) = [block.body for block in blocks((ROOT / "docs/tutorial.md").read_text("utf-8")) if block.body[0] == " "]
    assert quoted in (ROOT / "templates/init/all/_github/workflows/servaudit.yml").read_text("utf-8")


def test_the_colour_that_the_page_on_branding_chooses_is_in_the_report(tmp_path):
    replayed((ROOT / "docs/branding.md").read_text("utf-8"), tmp_path)
    for name in ("hygiene.html", "all.html"):
        assert "--accent: #8a1550" in (tmp_path / name).read_text("utf-8")


def test_every_way_to_end_is_on_its_page():
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", (ROOT / "docs/exit-codes.md").read_text("utf-8"), re.MULTILINE)
    assert [(int(code), name) for code, name in rows] == [(code.value, code.name) for code in Exit]


def test_the_french_page_has_french_spaces():
    prose = re.sub(r"```.*?```|`[^`\n]*`", "code", (ROOT / "docs/fr.md").read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r".{0,20} [:;!?%»]|« .{0,20}|\w'\w", prose) == []
