"""The work: read, validate and score every observation of a folder, one by one; prints the seconds it took.

Garbage is collected as seldom as the command has it, and modules are loaded before the time is taken, as the floor's
are: those that reading YAML and making pydantic's models load on the way, too.
"""

import gc
import importlib.metadata
import sys
import time
from pathlib import Path

from servaudit import sources
from servaudit.__main__ import MADE
from servaudit.audit import Audit
from servaudit.library import Library
from servaudit.sources import lines

LOADED = (lines, importlib.metadata)

gc.set_threshold(MADE)
files = sorted(Path(sys.argv[1]).glob("visit-*.yaml"))
start = time.perf_counter()
audit = Audit(Library())
for file in files:
    audited = audit.visit(sources.read(str(file)))
    if not audited.scored or audited.diagnostics:
        sys.exit("\n".join(f"{one.where}: {one.message}" for one in audited.diagnostics))
print(time.perf_counter() - start)  # noqa: T201
