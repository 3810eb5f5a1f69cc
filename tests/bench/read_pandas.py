"""The floor: read the sheet of answers of every workbook of a folder with pandas; prints the seconds it took."""

import sys
import time
from pathlib import Path

import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore] # in the Python that has it

files = sorted(Path(sys.argv[1]).glob("visit-*.xlsx"))
start = time.perf_counter()
for file in files:
    pd.read_excel(file, sheet_name=1)
print(time.perf_counter() - start)  # noqa: T201
