import os
from pathlib import Path

import pytest

from servaudit.configuration import nearest, settings
from servaudit.diagnostics import CODES
from servaudit.model.configuration import SWITCHED


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stand two folders below the root of a repository."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "visits/lyon").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "visits/lyon")
    return tmp_path


def write(path: Path, text: str = "") -> None:
    path.write_text(f"kind: configuration\n{text}", "utf-8")


def faults(text: str) -> list[str]:
    Path("servaudit.yaml").write_text(text, "utf-8")
    found = settings()
    assert found.standards == ()
    assert found.usable is False
    return [f"{one.where}: {one.code}: {one.message} ({one.help})" for one in found.faults]


def test_the_nearest_file_upward_counts_and_it_alone(folder):
    write(folder / "servaudit.yaml", "language: fr\nstrict: true\n")
    assert nearest() == "../../servaudit.yaml"
    assert (settings().language, settings().strict) == ("fr", True)
    write(folder / "visits/servaudit.yaml", "require_pass: true\n")
    assert nearest() == "../servaudit.yaml"
    assert (settings().language, settings().strict, settings().require_pass) == (None, False, True)


def test_the_search_ends_at_the_repository(folder):
    (folder / "visits/.git").mkdir()
    write(folder / "servaudit.yaml")
    assert nearest() is None
    assert settings().source is None


def test_the_search_ends_at_the_root_of_the_disk(monkeypatch):
    monkeypatch.chdir("/")
    assert nearest() is None


def test_the_search_is_bounded(tmp_path, monkeypatch):
    deep = tmp_path / "/".join(["d"] * 40)
    deep.mkdir(parents=True)
    write(tmp_path / "servaudit.yaml")
    monkeypatch.chdir(deep)
    assert nearest() is None


def test_only_a_file_counts(folder):
    (folder / "visits/lyon/servaudit.yaml").mkdir()
    os.mkfifo(folder / "visits/servaudit.yaml")
    assert nearest() is None


def test_a_working_directory_that_is_gone_has_no_configuration(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert settings().usable


def test_paths_start_at_the_folder_of_the_file(folder):
    (folder / "std").mkdir()
    (folder / "brand.html").touch()
    write(folder / "servaudit.yaml", "standards: [std]\ntemplates: {html: ./brand.html}\n")
    assert settings().standards == (str(Path("../../std")),)
    assert settings().templates == (str(Path("../../brand.html")),)


@pytest.mark.usefixtures("folder")
def test_a_file_that_changed_is_read_again():
    write(Path("servaudit.yaml"), "fail_under: 80\n")
    assert settings().fail_under == 80
    write(Path("servaudit.yaml"), "fail_under: 8.5\n")
    assert settings().fail_under == 8.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("langage: fr\n", "servaudit.yaml:2:1: unknown-key: “langage” is not a key here (did you mean “language”?)"),
        ("fail_under: 850\n", "servaudit.yaml:2:13: bad-value: 850 is too large: at most 100 is expected (None)"),
        ("templates: {html: brand.xlsx}\n",
         "servaudit.yaml:2:19: bad-value: the name of this template ends in .html (None)"),
        ("templates: {xlsx: a.xlsx}\n", "servaudit.yaml:2:19: file-not-found: there is no such file (None)"),
        ("lint: {na-critcal: off}\n",
         "servaudit.yaml:2:8: unknown-code: “na-critcal” is no code of a warning (did you mean “na-critical”?)"),
        ("lint: {tag: off}\n",
         "servaudit.yaml:2:8: unknown-code: “tag” is an error, which stays one: only warnings can be switched (None)"),
        ('ids: {criterion: "[a-z]+"}\n',
         ("servaudit.yaml:2:18: bad-value: “[a-z]+” is no pattern of ids (small letters, figures, _; * is any "
          "characters, ? one, # a digit; {standard} and {section} are ids)")),
        ("ids: {criteron: a}\n",
         "servaudit.yaml:2:7: bad-value: “criteron” is not known here (did you mean “criterion”?)"),
        ("lint: {na-critical: no}\n",
         "servaudit.yaml:2:21: bad-value: “no” is not known here (it is one of off, warning, error)"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("folder")
def test_what_is_wrong_is_said_at_its_place(text, expected):
    assert faults(f"kind: configuration\n{text}")[0] == expected


@pytest.mark.usefixtures("folder")
def test_another_kind_of_document_is_no_configuration():
    assert "bad-value" in faults("kind: standard\n")[0]
    assert "missing-key: “kind” is missing" in faults("language: fr\n")[0]


def test_every_warning_may_be_switched_and_no_error():
    assert {code for code in CODES if CODES[code].severity == "warning"} == set(SWITCHED)


@pytest.mark.usefixtures("folder")
def test_a_folder_of_standards_that_is_not_there_is_a_warning_that_can_be_switched():
    write(Path("servaudit.yaml"), "standards: [nowhere]\n")
    found = settings()
    assert (found.usable, found.standards) == (True, ("nowhere",))
    assert [(one.code, str(one.where)) for one in found.faults] == [("folder-missing", "servaudit.yaml:2:13")]
    write(Path("servaudit.yaml"), "standards: [nowhere]\nlint: {folder-missing: off}\n")
    assert settings().faults == ()
    write(Path("servaudit.yaml"), "standards: [nowhere]\nlint: {folder-missing: error}\n")
    assert settings().usable is False
