"""Prints a page as a PDF, with the Chromium, Chrome or Edge that is on this computer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from servaudit.diagnostics import Message

MARK: Final = b"\n%servaudit\n"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-sync",
    "--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer",
)  # fmt: skip
_SECONDS = 180.0
_DATE: Final = re.compile(rb"/(?:CreationDate|ModDate) \(D:[0-9+\-'Z]+\)")
_NODE: Final = re.compile(rb"\(node[0-9]{8}\)")


class PdfError(Exception):
    """A page could not be printed; `reason` says why, and what to do instead."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def browser() -> str:
    """Find a browser that prints. Raises PdfError where there is none."""
    found = next((path for path in map(shutil.which, _NAMES) if path), None)
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        raise PdfError(
            msg("printing needs Chromium, Chrome or Edge, and none was found; write .html and print it from a browser")
        )
    return found


def render(page: bytes, *, seconds: float = _SECONDS) -> bytes:
    """Print a page of ours, within `seconds`, in a browser that has no profile and no window. Raises PdfError.

    The same page gives the same bytes from the same browser.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="servaudit-", ignore_cleanup_errors=True) as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        # A browser refuses to run its sandbox as root, as it often is in containers; the page's own policy holds.
        root = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
        command = (program, *_FLAGS, *root, f"--user-data-dir={folder}{os.sep}profile", f"--print-to-pdf={printed}")
        try:
            subprocess.run(  # noqa: S603 - no shell, and nothing in it was typed by an auditor
                (*command, source.as_uri()), timeout=seconds, check=False, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            content = printed.read_bytes() if printed.is_file() else b""
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PdfError(_failed(program)) from error
    if not content.startswith(b"%PDF-"):
        raise PdfError(_failed(program))
    return (
        _undated(content) + MARK
    )  # after the end of the document, where readers look past it: an output of ours is recognised


def _undated(content: bytes) -> bytes:
    """Take away when it was printed, and count the names of its parts from 0: a browser starts where it happens to be.

    No byte moves: a table at the end says where each object starts. Nothing that somebody typed is taken for either:
    its brackets have a backslash before them.
    """
    content = _DATE.sub(lambda date: b" " * len(date[0]), content, count=2)
    names = {name: b"(node%08d)" % number for number, name in enumerate(sorted(set(_NODE.findall(content))))}
    return _NODE.sub(lambda node: names[node[0]], content)


def _failed(program: str) -> Message:
    return msg("{browser} did not print the page; write .html and print it from a browser", browser=Path(program).name)
