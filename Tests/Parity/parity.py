#!/usr/bin/env python3
"""Compares every cell that dlprep computes with scikit-learn, pandas and numpy, on real tables.

  Tests/Parity/run.sh [--dlprep BINARY] [--table NAME]... [--case TEXT] [--stage NAME] [--jobs N] [--slowest N]

Each stage learns from four fifths of a table. Compared are the training output of those rows, the serving
output of all rows (so with values that were never seen), and learned numbers as they stand in the artifact.
Categories, indicators, codes and dates must be equal. A number may differ by 1e-12 x max(1, |x|, |mean|/scale):
the last term because x - mean cancels. Every stage has cases, or a reason why it has none. Exit code 1 on any
difference, and for a stage with neither.
"""
import os

for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]:      # the work is shared out by tables and cases
    os.environ.setdefault(threads, "1")

import argparse, functools, multiprocessing, pathlib, subprocess, sys, tempfile, time, traceback, warnings
from dataclasses import dataclass, field
import numpy as np
import sklearn

import binary, comparison, modules, report, tables

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


@dataclass
class Outcome:
    """What came of some cases of a table."""
    table: str
    cases: list = field(default_factory=list)        # comparison.Result
    seconds: float = 0


class Bench:
    """Where a process works: each table is read once."""

    def __init__(self, options, source, folder):
        self.options, self.source, self.folder = options, source, pathlib.Path(folder)

    @functools.cache
    def table(self, name):
        data = tables.Data(name, self.source)
        folder = self.folder / f"{name}-{os.getpid()}"
        folder.mkdir()
        program = binary.Binary(self.options.dlprep, folder)
        data.write(program.folder)
        return data, program

    def run(self, task):
        """The cases of a module on a table."""
        name, module = task
        start = time.monotonic()
        data, program = self.table(name)
        outcome = Outcome(name)
        cases, label = iter(modules.named(module).cases(data)), "the first"
        while True:
            begun = time.monotonic()
            try:
                if (case := next(cases, None)) is None:
                    break
                if self.options.case in case.label and self.options.stage in ("", case.stage):
                    outcome.cases.append(comparison.compare(data, case, program))
                    outcome.cases[-1].seconds = time.monotonic() - begun
                label = case.label
            except Exception:                            # what the other library, or our own expectation, can't do
                label = f"{module}, the one after '{label}'"
                outcome.cases.append(comparison.Result("?", label, [traceback.format_exc(limit=-3)]))
        outcome.seconds = time.monotonic() - start
        return outcome


def listed(dlprep):
    """The names of all stages."""
    return [line.split()[0] for line in subprocess.check_output([dlprep, "stages"], text=True).splitlines() if line.strip()]


def work(task):
    warnings.filterwarnings("ignore")
    return bench.run(task)


def main():
    global bench
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dlprep", default=str(ROOT / ".build/release/dlprep"))
    p.add_argument("--table", action="append", choices=list(tables.TABLES))
    p.add_argument("--case", default="", help="only cases whose label contains this")
    p.add_argument("--stage", default="", help="only cases of this stage")
    p.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many processes; default: as many as processors")
    p.add_argument("--slowest", type=int, default=0, help="also prints that many of the slowest cases")
    options = p.parse_args()
    options.dlprep = os.path.abspath(options.dlprep)
    if not os.access(options.dlprep, os.X_OK):
        sys.exit(f"no binary at {options.dlprep}")
    source = tables.shared()
    if source is None:
        print("note: parity is skipped: no ../shared/data, and DLPREP_SHARED names none")
        return
    print(f"dlprep against scikit-learn {sklearn.__version__}, numpy {np.__version__}", flush=True)
    names = []
    for name in options.table or tables.TABLES:
        if lost := [f for f in tables.TABLES[name][0] if not (source / f).exists()]:
            print(f"note: {name} is skipped: no {', '.join(lost)} in {source}")
        else:
            names.append(name)
    start = time.monotonic()
    # The largest tables first, so that no process is left alone with one in the end.
    names.sort(key=lambda n: -sum((source / f).stat().st_size for f in tables.TABLES[n][0]))
    tasks = [(name, module) for name in names for module in modules.ORDER]
    summary = report.Summary(names, len(modules.ORDER))
    with tempfile.TemporaryDirectory(prefix="dlprep-parity-") as folder:
        bench = Bench(options, source, folder)
        with multiprocessing.get_context("fork").Pool(min(options.jobs, len(tasks) or 1)) as pool:
            for outcome in pool.imap_unordered(work, tasks):
                summary.add(outcome)
    everything = not (options.case or options.stage or options.table) and len(names) == len(tables.TABLES)
    good = summary.finish(time.monotonic() - start, listed(options.dlprep) if everything else None, options.slowest)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
