"""Prints how fast servaudit is, as ratios to what cannot be beaten (`make bench`).

Every ratio compares two things done in turn in one run, on documents made on the spot: a standard of 100 criteria in 8
sections, visits of 100 answers, 60 % of them with a note. `--quick` takes fewer pairs and fewer visits.
"""

# ruff: noqa: T201 - its purpose is to print
from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.bench.documents import write
from tests.bench.timing import Ratio, compare, run

GOAL_MEBIBYTES = 40
HERE = Path(__file__).parent
PYTHON = sys.executable
SERVAUDIT = str(Path(PYTHON).with_name("servaudit"))


def main() -> None:
    """Measure everything and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer pairs and fewer visits: a rough figure")
    options.add_argument("--pandas", metavar="PYTHON", help="a Python that has pandas and openpyxl, for workbooks")
    given = options.parse_args()
    quick = given.quick
    print(f"Python {sys.version.split()[0]}; ratio = median of pairs (lowest to highest), then the medians of both\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        # Peaks first: what this process has grown to counts as a peak of those it starts.
        memory(folder, visits=(100, 1000) if quick else (100, 1000, 10_000))
        data_sheet(folder, rows=20_000 if quick else 100_000, pairs=3 if quick else 5)
        start_up(folder, pairs=5 if quick else 21)
        many_visits(folder, visits=100 if quick else 1000, pairs=3 if quick else 7)
        reports(folder, visits=100 if quick else 1000, pairs=3)
        if given.pandas:
            filled(folder, given.pandas, visits=100 if quick else 1000, pairs=3 if quick else 5)


def start_up(folder: Path, pairs: int) -> None:
    """Compare the command with a Python that does nothing."""
    one = write(folder / "one", 1) / "visit-00000.yaml"

    def bare() -> float:
        return run(PYTHON, "-c", "pass").seconds

    show("servaudit --version", compare(lambda: run(SERVAUDIT, "--version").seconds, bare, pairs), 1.5, "bare python")
    for kind in ("text", "json"):
        ours = compare(lambda kind=kind: run(SERVAUDIT, "score", one, "--format", kind).seconds, bare, pairs)
        show(f"score one visit, {kind} on the screen", ours, 20, "bare python")


def many_visits(folder: Path, visits: int, pairs: int) -> None:
    """Compare reading, validating and scoring with only reading; interpreters started and modules loaded, both."""
    many = write(folder / "many", visits)
    ours = compare(
        lambda: float(run(PYTHON, HERE / "read_and_score.py", many).stdout),
        lambda: float(run(PYTHON, HERE / "read_bare.py", many).stdout),
        pairs,
    )
    show(f"read, validate and score {visits} visits", ours, 0.6, "CSafeLoader reading them")


def filled(folder: Path, pandas: str, visits: int, pairs: int) -> None:
    """Compare reading, validating and scoring filled-in workbooks with pandas reading the sheet of answers."""
    from tests.bench import workbooks  # noqa: PLC0415 - the other figures need none

    standards = write(folder / "standards", 0)
    many = workbooks.write(standards / "bench_service.yaml", folder / "workbooks", visits)
    ours = compare(
        lambda: float(run(PYTHON, HERE / "score_workbooks.py", many, standards).stdout),
        lambda: float(run(pandas, HERE / "read_pandas.py", many).stdout),
        pairs,
    )
    show(f"read, validate and score {visits} workbooks", ours, 0.8, "pandas reading them")


def reports(folder: Path, visits: int, pairs: int) -> None:
    """Compare scoring with reports, the whole command, with only reading the visits."""
    made = [str(folder / f"report{suffix}") for suffix in (".xlsx", ".html")]
    asked = {
        "a workbook and a page": (["--summary", "-o", made[0], "-o", made[1]], 2),
        "a page of each": (["-o", made[1]], None),
    }
    for name, (output, goal) in asked.items():
        ours = compare(
            lambda output=output: run(SERVAUDIT, "score", folder / "many", "--quiet", "--force", *output).seconds,
            lambda: float(run(PYTHON, HERE / "read_bare.py", folder / "many").stdout),
            pairs,
        )
        show(f"{visits} visits, to {name}", ours, goal, "CSafeLoader reading them")


def data_sheet(folder: Path, rows: int, pairs: int) -> None:
    """Compare a long styled sheet rendered from a template with the fastest writer that keeps memory bounded."""
    mebibytes: list[float] = []

    def write(which: str) -> float:
        done = json.loads(run(PYTHON, HERE / "many_rows.py", which, str(rows), folder / f"{which}.xlsx").stdout)
        if which == "servaudit":
            mebibytes.append(done["mebibytes"])
        return float(done["seconds"])

    ratio = compare(lambda: write("servaudit"), lambda: write("xlsxwriter"), pairs)
    show(f"a sheet of {rows:,} rows × 12, styled", ratio, 0.35, "XlsxWriter")
    peak = max(mebibytes)
    print(f"{'':<42} {peak:6.1f} MiB above the start {'≤' if peak <= GOAL_MEBIBYTES else '>'} {GOAL_MEBIBYTES}")


def memory(folder: Path, visits: tuple[int, ...]) -> None:
    """Print the peak memory of a run for growing numbers of visits: it must not grow."""
    print(f"\n{'peak memory, MiB':<48}" + "".join(f"{count:>10}" for count in visits))
    places = [write(folder / f"growing-{count}", count) for count in visits]
    outputs: dict[str, list[str]] = {"to the console": []}
    for kind in ("jsonl", "csv"):
        outputs[f"to .{kind}"] = ["--quiet", "-o", str(folder / f"scores.{kind}")]
    for name, options in outputs.items():
        peaks = [run(SERVAUDIT, "score", place, *options).mebibytes for place in places]
        print(f"{name:<48}" + "".join(f"{peak:>10.0f}" for peak in peaks) + f"   × {peaks[-1] / peaks[0]:.2f}")


def show(name: str, ratio: Ratio, goal: float | None, floor: str) -> None:
    """Print one ratio beside its goal, where there is one."""
    aim = "" if goal is None else f" {'≤' if ratio.median <= goal else '>'} {goal}"
    print(
        f"{name:<42} {ratio.median:6.2f} × {floor} ({ratio.lowest:.2f} to {ratio.highest:.2f}){aim}"
        f"   {ratio.measured * 1000:.0f} ms / {ratio.floor * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
