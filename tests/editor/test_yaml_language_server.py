"""The real YAML language server on the committed schemas: it completes, explains, and places faults.

It is installed from npm into a folder of pytest's, never into the repository; without node and npm, or without the
registry, these tests are skipped. Tried with yaml-language-server 1.25.0 on Node 20: six of six planted faults stood at
their line and column.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.editor.language_server import Editor

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs/schemas"
HEAD = "# yaml-language-server: $schema=schemas/{kind}.json\n"
SERVER = "yaml-language-server@1.25.0"

STANDARD = """\
kind: standard
id: Shop
version: 1.0.0
title: A shop
sclaes: {}
criteria:
  - id: hello
    text: Hello
    weight: heavy
    severity: sever
    # a key
  - {id: two, scale: {curve: [[1]]}}
"""
FAULTS = {  # as they stand with the line of the schema above them, lines and columns from 0
    (2, 4): "does not match the pattern",
    (5, 0): "sclaes is not allowed",
    (9, 12): 'Expected "number"',
    (10, 14): 'Valid values: "minor", "major", "critical"',
    (12, 4): 'Missing property "text"',
    (12, 30): "too few items",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Install the language server; give the command that starts it."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("the YAML language server runs on node, and npm installs it")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", SERVER]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    script = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    if done.returncode or not script.exists():
        pytest.skip("npm could not install the YAML language server: the registry may be out of reach")
    return [node, str(script), "--stdio"]


@pytest.fixture(scope="module")
def editor(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(SCHEMAS, folder / "schemas")
    editor = Editor(server, folder)
    yield editor
    editor.close()


def test_faults_stand_where_they_are(editor):
    found = editor.open(HEAD.format(kind="standard") + STANDARD)
    places = {
        (fault["range"]["start"]["line"], fault["range"]["start"]["character"]): fault["message"] for fault in found
    }
    assert set(places) == set(FAULTS)
    assert [place for place, said in FAULTS.items() if said not in places[place]] == []


def test_keys_and_values_are_offered(editor):
    editor.open(HEAD.format(kind="standard") + STANDARD.replace("# a key", ""))
    assert {"guidance", "evidence", "applies_when"} <= editor.completion(11, 4)
    assert editor.completion(10, 14) == {"minor", "major", "critical"}


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [(9, 5, "how much this counts"), (10, 6, "how grave a miss is"), (7, 5, "name"), (12, 16, "broken line")],
    ids=["weight", "severity", "id", "scale"],
)
def test_keys_are_explained(editor, line, column, said):
    editor.open(HEAD.format(kind="standard") + STANDARD)
    assert said in editor.hover(line, column)


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "standards").glob("*.yaml")), *sorted((ROOT / "examples").rglob("*.yaml"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_documents_that_are_delivered_are_good(editor, path):
    text = path.read_text("utf-8")
    kind = next((line.removeprefix("kind: ") for line in text.splitlines() if line.startswith("kind: ")), None)
    if kind not in ("standard", "checklist", "vocabulary", "observation"):
        pytest.skip("no document of servaudit")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("# yaml-language-server"))
    assert [fault["message"] for fault in editor.open(HEAD.format(kind=kind) + body)] == []
