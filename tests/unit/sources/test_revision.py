"""Documents as they were in a revision."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from servaudit.sources import revision


@pytest.mark.skipif(shutil.which("git") is None, reason="git is needed")
def test_before_the_first_commit_nothing_was_there_and_that_is_no_fault(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    path = tmp_path / "shop.yaml"
    path.write_text("kind: standard\n", "utf-8")
    assert revision.at(str(path), "HEAD") is None
    assert [fault.code for fault in revision.at(str(path), "main~1").diagnostics] == ["revision"]
