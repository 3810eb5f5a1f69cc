"""The pages that are played show what the commands really print."""

import pytest
from tests.pages import PLAYED, ROOT, blocks, replayed


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page, tmp_path):
    text = page.read_text("utf-8")
    assert replayed(text, tmp_path) == text


def test_the_gate_that_the_tutorial_quotes_is_in_what_init_writes():
    (quoted,) = [block.body for block in blocks((ROOT / "docs/tutorial.md").read_text("utf-8")) if block.body[0] == " "]
    assert quoted in (ROOT / "templates/init/all/_github/workflows/servaudit.yml").read_text("utf-8")
