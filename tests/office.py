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


def driven(commands: list[tuple[str, ...]], folder: Path) -> list[str]:
    """Drive LibreOffice through workbooks in one start, and give what was read, in order.

    `open PATH` · `text NAME VALUE`, `number NAME VALUE` and `clear NAME` on the cell of that name · `read NAME` ·
    `insert NAME`, a row above that cell · `save PATH` as .xlsx · `close`. A number is read as `n:…`, a text as `t:…`.
    """
    asked, answered = folder / "asked.txt", folder / "answered.txt"
    asked.write_text("\n".join("\t".join(command) for command in commands), "utf-8")
    edited(_DRIVER, folder, asked, answered)
    lines = answered.read_text("utf-8").removeprefix("\ufeff").splitlines()
    assert lines, "LibreOffice came to no end"
    assert lines[-1] == "end", lines[-1]
    return lines[:-1]


_DRIVER = """\
Dim book As Object

Sub Edit(asked As String, answered As String)
  Dim files, commands, answers, words, last
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  commands = createUnoService("com.sun.star.io.TextInputStream")
  commands.setInputStream(files.openFileRead(ConvertToURL(asked)))
  commands.setEncoding("UTF-8")
  answers = createUnoService("com.sun.star.io.TextOutputStream")
  answers.setOutputStream(files.openFileWrite(ConvertToURL(answered)))
  answers.setEncoding("UTF-8")
  last = ""
  On Error GoTo Failed
  While Not commands.isEOF()
    last = commands.readLine()
    words = Split(last, Chr(9))
    Select Case words(0)
      Case "open" : Opened(words(1))
      Case "text" : Cell(words(1)).setString(words(2))
      Case "number" : Cell(words(1)).setValue(Val(words(2)))
      Case "clear" : Cell(words(1)).clearContents(7)
      Case "read" : answers.writeString(Held(Cell(words(1))) & Chr(10))
      Case "insert" : Inserted(words(1))
      Case "save" : Stored(words(1))
      Case "close" : book.close(True)
    End Select
  Wend
  answers.writeString("end")
  answers.closeOutput()
  StarDesktop.terminate()
  Exit Sub
Failed:
  answers.writeString("failed at: " & last & " " & Error$)
  answers.closeOutput()
  StarDesktop.terminate()
End Sub

Sub Opened(path As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
End Sub

Function Cell(name As String) As Object
  Cell = book.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0)
End Function

Function Held(cell As Object) As String
  If cell.Type = com.sun.star.table.CellContentType.FORMULA Then
    If cell.getError() <> 0 Then
      Held = "e:" & cell.getError()
    ElseIf cell.FormulaResultType2 = com.sun.star.sheet.FormulaResult.STRING Then
      Held = "t:" & cell.getString()
    Else
      Held = "n:" & Trim(Str(cell.getValue()))
    End If
  ElseIf cell.Type = com.sun.star.table.CellContentType.VALUE Then
    Held = "n:" & Trim(Str(cell.getValue()))
  Else
    Held = "t:" & cell.getString()
  End If
End Function

Sub Inserted(name As String)
  Dim at
  at = Cell(name)
  at.Spreadsheet.unprotect("")
  at.Spreadsheet.Rows.insertByIndex(at.CellAddress.Row, 1)
End Sub

Sub Stored(path As String)
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(ConvertToURL(path), filter())
End Sub
"""
