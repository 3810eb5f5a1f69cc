import pytest

from generated import BAD_FILES, GOOD_FILES, NEGATIVE, documents, printed

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
