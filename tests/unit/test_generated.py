import pytest
import yaml

from generated import BAD_FILES, CURES, GOOD_FILES, NEGATIVE, documents, printed
from servaudit.diagnostics import CODES

DOCUMENTS = documents()


@pytest.mark.parametrize("path", sorted(DOCUMENTS), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_committed_is_what_the_code_says(path):
    assert path.read_text("utf-8") == DOCUMENTS[path]


@pytest.mark.parametrize("path", BAD_FILES, ids=lambda path: path.name)
def test_a_bad_file_prints_its_faults(path):
    expected = path.with_suffix(path.suffix + ".txt").read_text("utf-8")
    assert expected
    assert printed(path) == expected


@pytest.mark.parametrize("path", GOOD_FILES, ids=lambda path: path.name)
def test_a_good_file_prints_nothing(path):
    assert printed(path) == ""


def test_every_snapshot_belongs_to_a_bad_file():
    assert {path.name.removesuffix(".txt") for path in NEGATIVE.glob("*.txt")} == {path.name for path in BAD_FILES}


def test_every_code_has_a_cure_and_every_cure_is_of_a_code():
    cures = yaml.safe_load(CURES.read_text("utf-8"))
    assert list(cures) == sorted(CODES)
    assert [code for code, cure in cures.items() if not cure.endswith(".") or "|" in cure] == []
