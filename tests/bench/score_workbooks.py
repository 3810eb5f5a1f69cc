"""The work: read, validate and score every filled-in workbook of a folder; prints the seconds it took."""

import sys
import time
from pathlib import Path

from servaudit import sources
from servaudit.audit import Audit
from servaudit.library import Library

files = sorted(Path(sys.argv[1]).glob("visit-*.xlsx"))
start = time.perf_counter()
audit = Audit(Library((sys.argv[2],)))
for file in files:
    audited = audit.visit(sources.read(str(file)))
    if not audited.scored:
        sys.exit("\n".join(f"{one.where}: {one.message}" for one in audited.diagnostics))
print(time.perf_counter() - start)  # noqa: T201
