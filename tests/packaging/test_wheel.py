"""What a user installs: the wheel, the sdist, and servaudit run from each away from the checkout."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from installer import install
from installer.destinations import SchemeDictionaryDestination
from installer.sources import WheelFile

ROOT = Path(__file__).parents[2]
AGENCE = ROOT / "examples/agence"
DEPENDENCIES = tuple(folder for folder in sys.path if folder.endswith("site-packages"))
PYTHON_M = (sys.executable, "-m", "servaudit")
BUNDLED = ("standards", "templates")


def build(checkout: Path, target: Path, kind: str) -> Path:
    """Build with hatchling itself, in a process of its own (it works in the current folder)."""
    call = f"import sys, hatchling.build as b; print(b.build_{kind}(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", call, str(target)], cwd=checkout, capture_output=True, text=True, check=True
    )
    return target / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        # Our own archive; Python 3.11.2, which Debian has, does not know the filter that later ones ask for.
        archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # noqa: S202 - as above
    return build(next(folder.iterdir()), folder, "wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an empty environment and return its `servaudit` command."""
    home = tmp_path_factory.mktemp("empty environment")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    paths = {
        name: sysconfig.get_path(name, scheme="venv", vars={"base": str(home), "platbase": str(home)})
        for name in ("purelib", "platlib", "scripts", "data")
    }
    scripts = Path(paths["scripts"])
    destination = SchemeDictionaryDestination(
        paths,
        interpreter=str(scripts / ("python.exe" if os.name == "nt" else "python")),
        script_kind="win-amd64" if os.name == "nt" else "posix",
    )
    with WheelFile.open(wheel) as source:
        install(source, destination, additional_metadata={})
    return next(scripts.glob("servaudit*"))


def run(*command: Path | str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run from another folder. This environment lends its dependencies, so that no network is needed.

    It cannot lend its own servaudit, which is installed editable: `.pth` files on PYTHONPATH are not read.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SERVAUDIT", "COV"))}
    env["PYTHONPATH"] = os.pathsep.join(str(folder) for folder in (path, *DEPENDENCIES) if folder)
    env["PYTHONUTF8"] = "1"
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def bundled_files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    prefix = "servaudit/_bundled/"
    return {
        name.removeprefix(prefix): archive.read(name)
        for name in archive.namelist()
        if name.startswith(prefix) and not name.endswith("/")
    }


def tracked_files() -> dict[str, bytes]:
    """What the checkout's own standards/ and templates/ hold (new files count, before they are added to git)."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in BUNDLED
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("built", ["wheel", "wheel_of_sdist"])
def test_every_standard_and_template_is_in_the_wheel_and_nothing_else_is(
    built: str, request: pytest.FixtureRequest
) -> None:
    with zipfile.ZipFile(request.getfixturevalue(built)) as archive:
        names = archive.namelist()
        carried = bundled_files(archive)
    expected = tracked_files()
    assert sorted(carried) == sorted(expected)
    assert carried == expected
    assert not [name for name in names if not name.startswith(("servaudit/", "servaudit-"))]
    assert not [name for name in names if "__pycache__" in name]


def test_every_module_and_catalogue_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    source = ROOT / "src"
    needed = {
        path.relative_to(source).as_posix()
        for pattern in ("*.py", "*.mo", "py.typed")
        for path in (source / "servaudit").rglob(pattern)
    }
    assert needed
    assert needed <= names


def test_the_metadata_say_what_the_package_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA")).rpartition("/")[0]
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        assert "MIT License" in archive.read(f"{info}/licenses/LICENSE").decode()
    assert metadata["Name"] == "servaudit"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "servaudit = servaudit.__main__:main" in entry_points
    required = {line.split(">")[0].lower() for line in metadata.get_all("Requires-Dist") or []}
    assert required == {
        "babel", "defusedxml", "jinja2", "openpyxl", "pillow", "pydantic", "pyyaml", "rich", "typer",
    }  # fmt: skip


def test_the_sdist_is_enough_to_build_from_and_holds_no_tests(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "src/servaudit/resources.py"} <= names
    assert not [name for name in names if name.startswith("tests/")]


def test_the_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    version = (ROOT / "src/servaudit/__init__.py").read_text("utf-8").partition('__version__ = "')[2].partition('"')[0]
    assert done.stdout.split()[-1] == version


def test_the_installed_wheel_validates_and_scores_from_another_folder(installed: Path, tmp_path: Path) -> None:
    visit = sorted(AGENCE.glob("*.yaml"))
    assert visit
    validated = run(installed, "validate", AGENCE, cwd=tmp_path)
    assert validated.returncode == 0, validated.stderr
    reports = [tmp_path / f"visit.{suffix}" for suffix in ("html", "xlsx", "json", "csv")]
    outputs = [part for report in reports for part in ("-o", report)]
    scored = run(installed, "score", AGENCE, *outputs, cwd=tmp_path)
    assert scored.returncode == 0, scored.stderr
    assert all(report.stat().st_size > 0 for report in reports)


def test_a_zipped_wheel_runs_and_finds_its_templates(wheel: Path, tmp_path: Path) -> None:
    assert run(*PYTHON_M, "--version", cwd=tmp_path, path=wheel).returncode == 0
    report = tmp_path / "visit.html"
    scored = run(*PYTHON_M, "score", AGENCE, "-o", report, cwd=tmp_path, path=wheel)
    assert scored.returncode == 0, scored.stderr
    assert report.read_text("utf-8").startswith("<!doctype html>")


def test_a_checkout_on_the_path_runs(tmp_path: Path) -> None:
    assert run(*PYTHON_M, "--version", cwd=tmp_path, path=ROOT / "src").returncode == 0


def test_the_man_pages_are_installed_where_man_looks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shared = {name.partition(".data/data/")[2] for name in archive.namelist() if ".data/data/" in name}
    assert shared == {"share/man/man1/servaudit.1", "share/man/fr/man1/servaudit.1"}
