"""Pages beside an overview: what stands in the way of clearing old ones away."""

from __future__ import annotations

from pathlib import Path

import pytest

from servaudit.render import apart, output

OURS = '<meta name="generator" content="servaudit 1.0"><a href="../net.html">Overview</a>'


@pytest.fixture
def overview(tmp_path):
    made = tmp_path / "net.html"
    for number in (1, 2, 10):
        output.write(apart.page(made, number), OURS.encode())
    return made


def left(overview: Path) -> list[str]:
    return sorted(path.name for path in (overview.parent / "net").iterdir())


def test_only_pages_with_a_higher_number_go(overview):
    assert apart.clear(overview, 2) == 1
    assert left(overview) == ["visit-1.html", "visit-2.html"]
    assert apart.clear(overview, 2) == 0


def test_a_link_to_a_page_stays_and_so_does_what_it_leads_to(overview, tmp_path):
    elsewhere = tmp_path / "mine.html"
    elsewhere.write_text(OURS, "utf-8")
    apart.page(overview, 3).symlink_to(elsewhere)
    assert apart.clear(overview, 2) == 1
    assert left(overview) == ["visit-1.html", "visit-2.html", "visit-3.html"]
    assert elsewhere.exists()


def test_a_page_that_leads_to_another_overview_stays(overview):
    apart.page(overview, 3).write_text(OURS.replace("net.html", "other.html"), "utf-8")
    assert apart.clear(overview, 2) == 1
    assert "visit-3.html" in left(overview)


def test_a_folder_that_cannot_be_read_is_left_alone(overview, monkeypatch):
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert apart.clear(overview, 0) == 0


def test_a_page_that_cannot_be_removed_is_said(overview, monkeypatch):
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(output.OutputError, match=r"visit-10\.html: cannot be removed: permission is denied"):
        apart.clear(overview, 2)


def test_nothing_is_looked_for_where_there_is_no_folder(tmp_path):
    assert apart.clear(tmp_path / "net.html", 0) == 0
