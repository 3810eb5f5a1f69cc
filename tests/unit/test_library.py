import json
import os
import subprocess
from pathlib import Path

import pytest

from servaudit import resources
from servaudit.library import Found, Library, Reference
from servaudit.load import load
from servaudit.model.observation import Observation
from servaudit.model.standard import Standard
from servaudit.shelves import BUNDLED, Shelves
from servaudit.sources import read


def standard(path: Path, name: str = "shop", version: str = "1.2.0", title: str = "A shop") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"kind: standard\nid: {name}\nversion: {version}\ntitle: {title}\n", "utf-8")
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "visits" / "lyon").mkdir(parents=True)
    return tmp_path


def find(library: Library, reference: str = "shop@1.2.0", path: str = "visits/lyon/visit.yaml") -> Found:
    Path(path).write_text(f"kind: observation\nstandard: {reference}\nvisit: {{id: v1}}\nanswers: {{}}\n", "utf-8")
    source = read(path)
    written = load(source, Observation).value.standard
    return library.find(Standard, Reference.of(written, ("standard",)), source)


def codes(found: Found) -> list[str]:
    return [one.code for one in found.diagnostics]


@pytest.mark.parametrize(
    "place", ["visits/lyon/a.yaml", "visits/lyon/standards/a.yml", "visits/a.yaml", "visits/standards/deep/a.yaml"]
)
def test_a_standard_is_found_beside_the_observation(folder, place):
    standard(folder / place)
    found = find(Library())
    assert found.document.id == "shop"
    assert (found.source.path, found.diagnostics) == (place, ())
    assert len(found.source.sha256) == 64


def test_a_standard_further_up_is_not_found(folder):
    standard(folder / "a.yaml")
    assert codes(find(Library())) == ["standard-not-found"]


def test_the_folders_given_come_after_what_is_beside_and_before_the_library(folder):
    standard(folder / "given/a.yaml", title="Given")
    assert find(Library(("given",))).document.title == {"": "Given"}
    standard(folder / "visits/lyon/a.yaml", title="Beside")
    assert find(Library(("given",))).document.title == {"": "Beside"}


def test_the_delivered_library_is_the_last_place(folder, monkeypatch):
    standard(folder / "bundled/food/a.yaml")
    monkeypatch.setattr(resources, "standards", lambda: folder / "bundled")
    found = find(Library())
    assert found.source.path == f"{BUNDLED}food/a.yaml"
    assert [one.head.id for one in Shelves().reach("visits/lyon/visit.yaml")] == ["shop"]


def test_another_version_is_refused_and_named(folder):
    standard(folder / "visits/a.yaml", version="1.1.0")
    (only,) = find(Library()).diagnostics
    assert (only.code, only.where.line) == ("version-mismatch", 2)
    assert "1.1.0 (visits/a.yaml)" in str(only.help)


def test_a_misspelt_id_is_recognised(folder):
    standard(folder / "visits/a.yaml", name="shops")
    (only,) = find(Library()).diagnostics
    assert (only.code, str(only.help)) == ("standard-not-found", "did you mean “shops”?")


@pytest.mark.usefixtures("folder")
def test_what_is_named_as_another_kind_than_it_is_is_said():
    (only,) = find(Library(), "listened_call@1.0.0").diagnostics
    assert only.code == "standard-not-found"
    assert str(only.help) == "there is a checklist of that name: a visit names it by “checklist: …”"
    (only,) = find(Library(), "service@1.0.0").diagnostics
    assert str(only.help) == "there is a vocabulary of that name: a standard names it under “use”"


def test_two_different_files_of_one_version_are_refused_and_equal_ones_are_not(folder):
    standard(folder / "visits/a.yaml")
    standard(folder / "visits/lyon/b.yaml")
    assert find(Library()).diagnostics == ()
    standard(folder / "visits/lyon/b.yaml", title="Changed")
    (only,) = find(Library()).diagnostics
    assert only.code == "standard-conflict"
    assert "visits/lyon/b.yaml and visits/a.yaml" in str(only.message)


def test_one_file_that_two_ways_lead_to_is_one(folder):
    standard(folder / "visits/a.yaml")
    (folder / "visits/lyon/standards").symlink_to(folder / "visits")
    assert find(Library()).diagnostics == ()


def test_the_faults_of_a_standard_are_told_with_the_first_observation_that_names_it(folder):
    path = standard(folder / "visits/a.yaml")
    path.write_text(path.read_text("utf-8") + "titel: x\n", "utf-8")
    library = Library()
    assert codes(find(library)) == ["unknown-key", "standard-invalid"]
    assert codes(find(library, path="visits/lyon/other.yaml")) == ["standard-invalid"]


def test_files_that_are_no_standards_are_left_alone(folder):
    (folder / "visits/lyon/broken.yaml").write_text("id: shop\nversion: 1.2.0\nkind: [standard\n", "utf-8")
    (folder / "visits/lyon/binary.yaml").write_bytes(b"\0\1\2kind: standard\n")
    (folder / "visits/lyon/.hidden.yaml").write_text("kind: standard\nid: shop\nversion: 1.2.0\n", "utf-8")
    assert codes(find(Library())) == ["standard-not-found"]


def test_an_unreadable_standard_does_not_hide_the_one_that_is_meant(folder):
    standard(folder / "visits/a.yaml")
    (folder / "visits/b.yaml").write_bytes("kind: standard\nid: shop\ntitle: Qualité\n".encode("latin-1"))
    assert find(Library()).document is not None


def test_a_standard_is_read_once_for_many_observations(folder, monkeypatch):
    standard(folder / "visits/a.yaml")
    library = Library()
    first = find(library)
    monkeypatch.setattr(Path, "iterdir", None)
    assert find(library, path="visits/lyon/other.yaml").document is first.document


STANDARD = {"kind": "standard", "id": "shop", "version": "1.2.0", "title": "A shop"}


@pytest.mark.parametrize(
    "written",
    [json.dumps(STANDARD), json.dumps(STANDARD, indent=2), "\ufeff" + json.dumps(STANDARD),
     json.dumps({"criteria": [{"id": f"a{n}", "text": "A"} for n in range(300)], **STANDARD}, sort_keys=True)],
    ids=["on one line", "indented", "with a byte order mark", "its id after those of its criteria"],
)  # fmt: skip
def test_a_standard_in_json_is_found_like_one_in_yaml(folder, written):
    (folder / "visits/lyon/shop.json").write_text(written, "utf-8")
    found = find(Library())
    assert found.document.id == "shop"
    assert found.diagnostics == ()


def test_a_broken_standard_in_json_is_said(folder):
    (folder / "visits/lyon/shop.json").write_text(json.dumps({**STANDARD, "titel": "x"}), "utf-8")
    assert codes(find(Library())) == ["unknown-key", "standard-invalid"]


@pytest.mark.parametrize("name", ["shop.json", "shop.yaml"])
def test_a_pipe_among_the_standards_is_not_waited_for(folder, name):
    os.mkfifo(folder / "visits/lyon" / name)
    assert codes(find(Library())) == ["standard-not-found"]


def test_a_link_in_a_circle_does_not_hide_the_standards_beside_it(folder):
    standard(folder / "visits/standards/a.yaml")
    for name in ("circle", "circle.yaml"):
        Path("visits/standards", name).symlink_to(name)
    assert find(Library()).source.path == "visits/standards/a.yaml"


def test_another_version_of_a_standard_of_ours_comes_from_git_and_not_from_the_library(folder, monkeypatch):
    library = folder / "delivered"
    standard(library / "shop.yaml", version="1.0.0", title="Delivered")
    (library / "README.md").touch()
    monkeypatch.setattr(resources, "standards", lambda: library)
    assert find(Library(), "shop@1.0.0").document.title == {"": "Delivered"}
    ours = standard(folder / "visits/shop.yaml", version="1.0.0", title="Ours")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    standard(ours, version="2.0.0", title="Ours")
    assert find(Library(), "shop@1.0.0").document.title == {"": "Ours"}
    assert [one.text.count("Ours") for one in Library().called("shop@1.0.0", "visits/lyon/a.yaml")] == [1]
    ours.unlink()
    assert find(Library(), "shop@1.0.0").document.title == {"": "Delivered"}
