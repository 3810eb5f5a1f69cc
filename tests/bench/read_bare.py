"""The floor: read every observation of a folder with PyYAML's C loader and nothing else; prints the seconds it took."""

import sys
import time
from pathlib import Path

import yaml

files = sorted(Path(sys.argv[1]).glob("visit-*.yaml"))
start = time.perf_counter()
for file in files:
    with file.open("rb") as stream:
        yaml.load(stream, yaml.CSafeLoader)
print(time.perf_counter() - start)  # noqa: T201
