import re
import subprocess

import pytest
from tests.pages import PAGE, ROOT, blocks
from tests.pictures import LARGEST

TEXT = PAGE.read_text("utf-8")
# Set-up commands need a network or another system: they are compared with what they must name, not run.
INSTALLING = {
    "uv tool install .",
    "pipx install .",
    "py -m venv .venv",
    r".venv\Scripts\python -m pip install -c constraints.txt .",
    r".venv\Scripts\servaudit score examples\agence -o agence.html -o agence.xlsx",
}


@pytest.mark.parametrize("command", [
    line for block in blocks(TEXT) if block.kind in ("sh", "bat") for line in block.body.splitlines()
])  # fmt: skip
def test_every_other_command_is_one_that_exists(command: str) -> None:
    if command.startswith("make "):
        planned = subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, check=False)
        assert planned.returncode == 0, planned.stderr
    else:
        assert command in INSTALLING


def test_every_kind_of_block_is_one_that_is_tested() -> None:
    assert {block.kind for block in blocks(TEXT)} <= {"sh", "bat", "yaml", "console"}
    assert TEXT.count("```") == 2 * len(blocks(TEXT))


def test_every_link_within_the_repository_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", TEXT)
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
                for line in TEXT.splitlines() if line.startswith("#")}  # fmt: skip
    assert targets
    for target in targets:
        assert (target[1:] in headings) if target.startswith("#") else (ROOT / target).exists(), target


def test_every_picture_is_there_has_words_and_weighs_little() -> None:
    shown = re.findall(r'<img src="([^"]+)" [^>]*alt="([^"]+)"', TEXT)
    assert len(shown) == TEXT.count("<img ") >= 2
    assert [path for path, _ in shown if not (ROOT / path).is_file()] == []
    assert [path.name for path in (ROOT / "docs/pictures").iterdir() if path.stat().st_size > LARGEST] == []
