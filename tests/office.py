"""Opens files with the real LibreOffice: a fresh profile and a copy for each run, since a killed one leaves a lock."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SOFFICE = shutil.which("soffice")
REQUIRED = os.environ.get("SERVAUDIT_REQUIRE_OFFICE") == "1"
needs_office = pytest.mark.skipif(SOFFICE is None and not REQUIRED, reason="LibreOffice is not installed")


def converted(content: bytes, form: str, folder: Path) -> Path:
    """Convert a workbook to `form` (`pdf`, `xlsx`) and give the file; fails where LibreOffice is missing or refuses."""
    assert SOFFICE, "SERVAUDIT_REQUIRE_OFFICE=1, and there is no soffice"
    source, out = folder / "in" / "book.xlsx", folder / "out"
    source.parent.mkdir()
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = out / f"book.{form}"
    assert made.is_file(), done.stderr
    return made
