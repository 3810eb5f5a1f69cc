"""Of very many visits, each has a page beside the overview: whole, with its data, and none of an earlier report."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from servaudit import report

CALLS = Path(__file__).parents[2] / "examples" / "parcours"


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """Stand in a folder with two visits to two standards each, where two visits are very many."""
    monkeypatch.setattr(report, "MOST", 1)
    shutil.copytree(CALLS, tmp_path / "calls")
    monkeypatch.chdir(tmp_path / "calls")


@pytest.mark.usefixtures("calls")
class TestVisitsToSeveralStandards:
    def test_each_visit_has_one_page_with_its_parts_on_which_the_overview_lands(self, run):
        assert run("score", "appels", "-o", "net.html").code == 0
        assert sorted(path.name for path in Path("net").iterdir()) == ["visit-1.html", "visit-2.html"]
        overview = Path("net.html").read_text("utf-8")
        links = re.findall(r'href="(net/[^"]+)"', overview)
        assert links == [f"net/visit-{page}.html{part}" for page in (1, 2) for part in ("", "#visit-2", "#visit-3")]
        for link in links:
            page, _, part = link.partition("#")
            assert f'<article class="visit" id="{part or "visit-1"}"' in Path(page).read_text("utf-8")

    def test_the_page_is_that_of_the_visit_alone_but_leads_to_the_overview(self, run):
        run("score", "appels", "-o", "net.html")
        run("score", "appels/lille-2026-11-09.yaml", "-o", "alone.html")
        data = re.compile(r'<script type="application/json".*?</script>')  # an overview's pages leave rollups out
        page, alone = (data.sub("", Path(name).read_text("utf-8")) for name in ("net/visit-1.html", "alone.html"))
        assert re.sub(r'<a href="\.\./net\.html">[^<]*</a> · ', "", page) == alone

    def test_every_page_is_verified(self, run):
        run("score", "appels", "-o", "net.html")
        for number in (1, 2):
            assert run("verify", f"net/visit-{number}.html").code == 0

    def test_a_text_of_one_of_its_parts_that_was_changed_is_said(self, run):
        run("score", "appels", "-o", "net.html")
        path = Path("net/visit-1.html")
        path.write_text(path.read_text("utf-8").replace("pas de nom", "et un nom", 1), "utf-8")
        assert run("verify", path).code == 1

    def test_a_single_visit_is_not_very_many_however_many_its_standards(self, run):
        assert run("score", "appels/lille-2026-11-09.yaml", "-o", "one.html").code == 0
        assert not Path("one").exists()
        assert Path("one.html").read_text("utf-8").count('<article class="visit"') == 3


@pytest.mark.usefixtures("visits")
class TestPages:
    @pytest.fixture(autouse=True)
    def _few(self, monkeypatch):
        monkeypatch.setattr(report, "MOST", 1)

    def test_each_is_verified_whatever_the_overview_is_called(self, run):
        assert run("score", "lille.yaml", "lyon.yaml", "-o", "été 100%.html").code == 0
        for number in (1, 2):
            assert run("verify", f"été 100%/visit-{number}.html").code == 0

    def test_the_overview_says_what_can_be_verified_instead(self, run):
        run("score", "lille.yaml", "lyon.yaml", "-o", "net.html")
        done = run("verify", "net.html", "--lang", "en")
        assert done.code == 3
        assert "as no overview does: verify the JSON, or the page of one visit" in done.err

    def test_pages_that_an_earlier_report_left_are_removed_and_said(self, run):
        run("score", "lille.yaml", "lyon.yaml", "nantes.yaml", "-o", "net.html")
        done = run("--lang", "en", "score", "lille.yaml", "lyon.yaml", "-o", "net.html")
        assert sorted(path.name for path in Path("net").iterdir()) == ["visit-1.html", "visit-2.html"]
        assert "net: pages of an earlier report removed: 1\n" in done.err

    def test_all_are_removed_where_one_page_shows_every_visit_again(self, run):
        run("score", "lille.yaml", "lyon.yaml", "-o", "net.html")
        run("score", "lille.yaml", "-o", "net.html")
        assert list(Path("net").iterdir()) == []

    @pytest.mark.parametrize("name", ["visit-9.html", "visit-03.html", "notes.html"])
    def test_what_is_not_a_page_of_this_overview_stays(self, run, name):
        Path("net").mkdir()
        mine = Path("net") / name
        run("score", "lille.yaml", "-o", mine)
        page = mine.read_bytes()
        run("score", "lille.yaml", "lyon.yaml", "-o", "net.html")
        assert mine.read_bytes() == page

    def test_a_page_of_someone_else_that_leads_to_the_overview_stays(self, run):
        Path("net").mkdir()
        mine = Path("net/visit-9.html")
        mine.write_text('<a href="../net.html">back</a>', "utf-8")
        run("score", "lille.yaml", "lyon.yaml", "-o", "net.html")
        assert mine.exists()
