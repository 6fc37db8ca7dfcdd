#!/usr/bin/env python3
"""Times dlprep beside the fastest other tools, after proving that all of them make the same matrix.

  Tests/Benchmarks/run.py                 100k and 1M rows, about 5 minutes
  Tests/Benchmarks/run.py --five          5M rows too
  Tests/Benchmarks/run.py --quick         100k rows, two peers, about one minute: for CI

Needs only Python's standard library: everything else goes into a virtual environment in the cache
folder. Exits with 1 when two matrices differ or a command fails; timings never fail a run, unless
--strict asks for it.
"""
import argparse, json, os, pathlib, shutil, sys, tempfile

import contenders, place, report, timing

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dlprep", default=str(PACKAGE / ".build/release/dlprep"), help="the release binary")
    p.add_argument("--cache", default=os.environ.get("DLPREP_BENCH_CACHE", os.path.expanduser("~/.cache/dlprep-bench")),
                   help="folder of the tables and the virtual environment (or DLPREP_BENCH_CACHE)")
    p.add_argument("--scratch", default="/dev/shm" if os.path.isdir("/dev/shm") else None, help="where outputs go; tmpfs is best")
    p.add_argument("--quick", action="store_true", help="100k rows, two peers, one round")
    p.add_argument("--five", action="store_true", help="5 million rows too")
    p.add_argument("--runs", type=int, help="rounds; the medians are printed (default 5, quick 1)")
    p.add_argument("--peers", help="comma list of: " + ", ".join(contenders.PEERS))
    p.add_argument("--only", choices=["fit_transform", "apply"], help="one job only")
    p.add_argument("--json", help="write the measurements to this file too")
    p.add_argument("--strict", action="store_true", help="a missed goal is exit code 2")
    return p.parse_args()


def main():
    a = arguments()
    dlprep = pathlib.Path(a.dlprep).resolve()
    if not os.access(dlprep, os.X_OK):
        sys.exit(f"no binary at {dlprep}: build it with `swift build -c release --static-swift-stdlib --product dlprep`")
    sizes = ["100k"] if a.quick else ["100k", "1m"] + ["5m"] * a.five
    peers = a.peers.split(",") if a.peers else contenders.QUICK if a.quick else contenders.USUAL
    if unknown := set(peers) - set(contenders.PEERS):
        sys.exit(f"unknown peers {sorted(unknown)}, expected {contenders.PEERS}")
    cache = place.Cache(pathlib.Path(a.cache), HERE)
    cache.prepare(sizes, onepass=not a.quick)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="dlprep-bench-", dir=a.scratch))
    try:
        rows, ok = [], True
        for size in sizes:
            for job in ["fit_transform", "apply"]:
                if a.only in (None, job):
                    field = contenders.of(job, size, dlprep, PACKAGE, cache, scratch, peers)
                    field, agreed = contenders.validate(field, job, size, cache, scratch)
                    ok &= agreed
                    rows += timing.rounds(field, job, size, a.runs or (1 if a.quick else 5))
        if not a.quick and a.only in (None, "apply"):
            field = contenders.latency(dlprep, PACKAGE, cache, scratch, peers)
            field, agreed = contenders.validate(field, "apply", "150", cache, scratch)
            ok &= agreed
            rows += timing.rounds(field, "apply 150 rows", "150", 15)
    finally:
        shutil.rmtree(scratch)
    report.table(rows)
    missed = report.goals(rows)
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps([r.__dict__ for r in rows], indent=1))
    if not ok:
        sys.exit("matrices disagree or a command failed: see above")
    if a.strict and missed:
        sys.exit(2)


if __name__ == "__main__":
    main()
