from pathlib import Path

import pytest

from servaudit import resources

ROOT = Path(__file__).parents[2]


@pytest.fixture
def installed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the package lies in an empty place; returns that package's folder."""
    package = tmp_path / "site/lib/servaudit"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    return package


def test_in_a_checkout_the_folders_are_those_of_the_root() -> None:
    assert resources.standards() == ROOT / "standards"
    assert resources.templates() == ROOT / "templates"


def test_in_an_installation_the_folders_are_in_the_package_whatever_lies_around_it(installed_in: Path) -> None:
    for folder in (installed_in / "_bundled/standards", installed_in.parents[1] / "standards"):
        folder.mkdir(parents=True)
        (folder / "README.md").touch()
    assert resources.standards() == installed_in / "_bundled/standards"


def test_an_empty_folder_left_behind_by_an_uninstall_does_not_count(installed_in: Path) -> None:
    (installed_in / "_bundled/templates").mkdir(parents=True)
    checkout = installed_in.parents[1] / "templates"
    checkout.mkdir()
    (checkout / "README.md").touch()
    assert resources.templates() == checkout


def test_a_broken_installation_says_what_is_missing_and_where_it_was_looked_for(installed_in: Path) -> None:
    with pytest.raises(resources.MissingResourcesError, match="standards folder is missing; install servaudit") as e:
        resources.standards()
    assert str(installed_in / "_bundled") in str(e.value)
