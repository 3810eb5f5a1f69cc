"""Opens and edits files with the real LibreOffice: a fresh profile and a copy each time, a killed one leaves a lock."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

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


def edited(basic: str, folder: Path, *arguments: Path) -> None:
    """Run `Sub Edit` of a Basic module in LibreOffice, with paths as its arguments; it stores what it makes itself."""
    assert SOFFICE, "SERVAUDIT_REQUIRE_OFFICE=1, and there is no soffice"
    start = [SOFFICE, f"-env:UserInstallation=file://{folder}/macros", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, timeout=180, check=True)
    module = folder / "macros" / "user" / "basic" / "Standard" / "Module1.xba"  # the first start makes an empty one
    module.write_text(_MODULE.format(code=escape(basic)), "utf-8")
    paths = ",".join(f'"{path}"' for path in arguments)
    macro = f"macro:///Standard.Module1.Edit({paths})"
    subprocess.run([*start, macro], capture_output=True, timeout=180, check=True)


_MODULE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{code}</script:module>
"""
