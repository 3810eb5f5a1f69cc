"""Printing with a browser: found on the PATH, given a time, believed only when a PDF is there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from servaudit.render import output, pdf

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browser of these tests is a shell script")


def browser(folder: Path, script: str) -> None:
    """Put a browser on the PATH that does what `script` says; `$out` is where the PDF should go."""
    program = folder / "chromium"
    program.write_text(
        '#!/bin/sh\nfor a in "$@"; do case "$a" in --print-to-pdf=*) out="${a#*=}";; esac; last="$a"; done\n'
        f"{script}\n"
    )
    program.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of the PATH besides the system's own tools."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(pdf, "_PLACES", ())
    monkeypatch.setattr(
        pdf.shutil, "which", lambda name: str(found) if (found := tmp_path / "bin" / name).exists() else None
    )
    return tmp_path / "bin"


@pytest.mark.usefixtures("path")
def test_without_a_browser_it_says_what_to_do() -> None:
    with pytest.raises(pdf.PdfError, match=r"none was found; write \.html and print it"):
        pdf.render(b"<p>page</p>")


def test_what_the_browser_prints_is_recognised_as_ours(path: Path, tmp_path: Path) -> None:
    browser(path, 'printf "%%PDF-1.4 of " > "$out"; cat "${last#file://}" >> "$out"')
    printed = tmp_path / "report.pdf"
    printed.write_bytes(pdf.render(b"<p>page</p>"))
    assert printed.read_bytes().startswith(b"%PDF-1.4 of <p>page</p>")
    assert output.made_by_servaudit(printed)
    printed.write_bytes(b"%PDF-1.4 of somebody")
    assert not output.made_by_servaudit(printed)


def test_it_says_neither_when_it_was_printed_nor_where_the_browser_was_in_its_counting(path: Path) -> None:
    """What is cut is replaced by as much space: the places of all objects stand at the end of the file."""
    kept = rb"%PDF-1.4 <</Title (Of \(D:20261122\) and \(node00000007\))"
    printed = set()
    for when, start in (("20261122110351+00'00'", 288), ("20261122110359-11'30'", 289)):
        dates = b"/CreationDate (D:%b)\n/ModDate (D:%b)>>" % (when.encode(), when.encode())
        parts = b"/ID (node%08d) /Limits [(node%08d) (node%08d)]" % (start + 9, start, start + 9)
        (path / "made").write_bytes(kept + dates + parts)
        browser(path, f'cat "{path}/made" > "$out"')
        printed.add(pdf.render(b"<p>page</p>"))
    (content,) = printed
    assert len(content) == len(kept + dates + parts + pdf.MARK)
    assert content.startswith(kept + b"    ")
    assert content.endswith(b"   >>/ID (node00000001) /Limits [(node00000000) (node00000001)]" + pdf.MARK)


@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'echo "no PDF" > "$out"', "sleep 30"])
def test_a_browser_that_prints_nothing_is_named(path: Path, script: str) -> None:
    browser(path, script)
    with pytest.raises(pdf.PdfError, match="chromium did not print the page"):
        pdf.render(b"<p>page</p>", seconds=0.5)
