"""Runs commands and compares them: on a noisy machine the median of ratios of pairs taken in turn is what to trust."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Run:
    """One finished process: wall-clock seconds, peak resident memory in MiB, and what it printed."""

    seconds: float
    mebibytes: float
    stdout: str


# As an installed command runs: Python keeps what it compiled, and buffers what it prints.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
}


class FailedError(RuntimeError):
    """A measured command did not do its work, so its time says nothing."""


def run(*command: str | os.PathLike[str]) -> Run:
    """Run a command with its output in files; FailedError unless it exits with 0."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)  # this child's own peak; getrusage has the highest of all of them
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            err.seek(0)
            problems = err.read().decode(errors="replace")[-2000:]
            raise FailedError(f"{' '.join(map(str, command))}: exit {process.returncode}\n{problems}")
        out.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, out.read().decode())


@dataclass(frozen=True)
class Ratio:
    """How much longer one thing takes than another: median and extremes of the pairs, medians of both in seconds."""

    median: float
    lowest: float
    highest: float
    measured: float
    floor: float


def compare(measured: Callable[[], float], floor: Callable[[], float], pairs: int) -> Ratio:
    """Time both in turn, `pairs` times; which one goes first changes every time."""
    measured()  # a first run of each fills the caches of the disk and of Python
    floor()
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(pairs):
        if number % 2:
            ours.append(measured())
            theirs.append(floor())
        else:
            theirs.append(floor())
            ours.append(measured())
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Ratio(
        statistics.median(ratios), min(ratios), max(ratios), statistics.median(ours), statistics.median(theirs)
    )
