"""What is taken from the folders and files that are named: files only, and each once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("visits")


@pytest.mark.parametrize("command", ["score", "validate"])
def test_a_pipe_in_a_folder_is_not_waited_for(process, command):
    os.mkfifo("pipe.yaml")
    os.mkfifo("pipe.json")
    Path("linked.yaml").symlink_to("pipe.yaml")
    assert process(command, ".", timeout=20).returncode == 0


def test_a_link_that_leads_nowhere_is_said(run):
    Path("gone.yaml").symlink_to("nowhere.yaml")
    assert "left aside: ./gone.yaml" in run("validate", ".").err
    assert "file-not-found" in run("score", "gone.yaml").err
