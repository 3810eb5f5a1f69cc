"""The documentation as a whole: every page is on the map, every link leads somewhere, every block is run or checked."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
import typer
from tests.pages import PLAYED, ROOT, Block, blocks

from servaudit.cli.app import application
from servaudit.load import load
from servaudit.model.schema import DOCUMENTS
from servaudit.sources import parse

if TYPE_CHECKING:
    from pathlib import Path

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [
    *ROOT.glob("*.md"), *DOCS,
    *(ROOT / name / "README.md" for name in ("examples", "standards", "templates")),
    *(ROOT / "templates/init").rglob("*.md"),
]  # fmt: skip
NAME = {page: str(page.relative_to(ROOT)) for page in PAGES}
BLOCKS = [(page, number, block) for page in PAGES for number, block in enumerate(blocks(page.read_text("utf-8")))]

COMMANDS = typer.main.get_command(application())
HEAD = "kind: standard\nid: demo\nversion: 2.0.0\ntitle: Demo\n"
ELSEWHERE = {
    ("docs/scoring.md", "yaml"): "tests/cli/test_scoring_page.py runs every example",
    ("docs/tutorial.md", "yaml"): "tests/test_pages.py finds the quoted lines in what init writes",
}
NOT_RUN = {
    "uv tool install .": "needs a network",
    "pipx install .": "needs a network",
    "py -m venv .venv": "Windows",
    r".venv\Scripts\python -m pip install -c constraints.txt .": "Windows",
    r".venv\Scripts\servaudit score examples\agence -o agence.html -o agence.xlsx": "Windows",
    r"printf '*.xlsx binary diff=servaudit\n' >> .gitattributes": "tests/cli/test_textconv.py sets git up the same way",
    'git config diff.servaudit.textconv "servaudit textconv"': "same",
    "git config diff.servaudit.cachetextconv true": "same",
}
"""Lines that no test runs as they stand, and why."""


def check_command(line: str) -> None:
    """Parse a command as servaudit would, without running it: unknown options and missing arguments are errors."""
    if line in NOT_RUN:
        return
    program, *arguments = shlex.split(line, comments=True)
    if program == "make":
        assert subprocess.run(["make", "-n", *arguments], cwd=ROOT, capture_output=True, check=False).returncode == 0
        return
    assert program == "servaudit"
    command, name = COMMANDS, program
    while hasattr(command, "commands"):
        name, *arguments = arguments
        command = command.commands[name]
    command.make_context(name, arguments)


def check_yaml(body: str) -> None:
    """Load a document, or the piece of a standard that the block is."""
    kind = re.match(r"kind: (\w+)\n", body)
    if kind is None:
        body = HEAD + ("criteria:\n" + body if body.startswith("- id:") else f"criteria: [{{id: a, text: A}}]\n{body}")
    model, _ = DOCUMENTS[kind[1] if kind else "standard"]
    source = parse("block.yaml", body.encode())
    assert source.diagnostics == ()
    assert load(source, model).diagnostics == ()


@pytest.mark.parametrize(("page", "number", "block"), [
    pytest.param(page, number, block, id=f"{NAME[page]}-{number}") for page, number, block in BLOCKS
])  # fmt: skip
def test_a_block_is_run_or_checked(page: Path, number: int, block: Block) -> None:  # noqa: ARG001 - in the name
    if (page in PLAYED and block.played) or (NAME[page], block.kind) in ELSEWHERE:
        return  # tests/test_pages.py runs it, or the test that is named
    if block.kind == "yaml":
        check_yaml(block.body)
        return
    assert block.kind in ("sh", "bat", ""), "who runs this?"
    for line in block.body.splitlines():
        check_command(line)


def test_every_exception_is_of_a_line_that_is_there() -> None:
    lines = {line for _, _, block in BLOCKS for line in block.body.splitlines()}
    assert set(NOT_RUN) <= lines
    assert {place for place in ELSEWHERE if not any((NAME[page], b.kind) == place for page, _, b in BLOCKS)} == set()


@pytest.mark.parametrize("page", PAGES, ids=NAME.get)
def test_every_fence_is_closed_and_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.count("```") == 2 * len(blocks(text))
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", prose):
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), target
        if anchor:
            assert anchor in anchors(aim.read_text("utf-8")), target


def anchors(text: str) -> set[str]:
    """List what a link into a page may name, as GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    made = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)"', text))


def test_every_page_is_on_the_map() -> None:
    page = ROOT / "docs/README.md"
    linked = {(page.parent / path).resolve() for path in re.findall(r"\]\(([^)#]+\.md)\)", page.read_text("utf-8"))}
    assert set(DOCS) - {page} - linked == set()


def test_every_file_that_the_guide_to_extending_names_exists() -> None:
    text = (ROOT / "docs/extending.md").read_text("utf-8")
    named = re.findall(r"`((?:src|tests|templates|docs)/[\w./-]+)`", text)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []
    names = re.findall(r"`(CODES|Scale|_KINDS|_WHEN|lint_standard)` (?:of|in|and)", text)
    assert set(names) <= set(re.findall(r"\w+", "".join((ROOT / path).read_text("utf-8") for path in named
                                                        if path.endswith(".py"))))  # fmt: skip
