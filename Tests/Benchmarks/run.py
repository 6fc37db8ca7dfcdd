#!/usr/bin/env python3
"""Times dlprep beside the fastest other tools, after proving that all of them make the same matrix.

  Tests/Benchmarks/run.py --quick         small tables, the quickest peers, one round: under a minute, for CI
  Tests/Benchmarks/run.py                 1M rows, 5 rounds
  Tests/Benchmarks/run.py --full          5M rows, 2,000 columns, 1 GB of UCI Adult, little memory
  Tests/Benchmarks/run.py --full --twenty 20M rows too (a table of 3.7 GB, an output of 7.3 GB)

Needs only Python's standard library: everything else goes into a virtual environment in the cache folder. Exits with 1
when two matrices differ or a command fails; timings never fail a run, unless --strict asks for it.
"""
import argparse, json, os, pathlib, shutil, subprocess, sys, tempfile

import contenders, goals, machine, place, report, tables, timing, variants
from loans import PEERS, Loans

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
GROUPS = ["loans", "latency", "gzip", "csv", "text", "wide", "adult", "growth", "memory", "rows"]
# Rows of the wide table and megabytes of Adult. Only the full form is what the goals speak of.
WIDE = {"quick": 500, "default": 10_000, "full": 50_000}
ADULT = {"quick": 8, "default": 100, "full": 1000}


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dlprep", default=str(PACKAGE / ".build/release/dlprep"), help="the release binary")
    p.add_argument("--cache", default=os.environ.get("DLPREP_BENCH_CACHE", os.path.expanduser("~/.cache/dlprep-bench")),
                   help="folder of the tables and the virtual environment (or DLPREP_BENCH_CACHE)")
    p.add_argument("--scratch", default="/dev/shm" if os.path.isdir("/dev/shm") else None, help="where outputs go; tmpfs is best")
    form = p.add_mutually_exclusive_group()
    form.add_argument("--quick", action="store_true", help="small tables, the quickest peers, one round")
    form.add_argument("--full", action="store_true", help="every goal but those of 20 million rows")
    p.add_argument("--twenty", action="store_true", help="20 million rows too")
    p.add_argument("--runs", type=int, help="rounds; the medians are printed (default 5, full 3, quick 1)")
    p.add_argument("--peers", help="comma list of peers: for loans " + ", ".join(PEERS) + "; else " + ", ".join(tables.PEERS))
    p.add_argument("--only", help="comma list of: " + ", ".join(GROUPS))
    p.add_argument("--json", help="write the measurements to this file too")
    p.add_argument("--strict", action="store_true", help="a missed goal is exit code 2")
    a = p.parse_args()
    a.form = "quick" if a.quick else "full" if a.full else "default"
    a.only = a.only.split(",") if a.only else GROUPS
    a.peers = a.peers.split(",") if a.peers else None
    for given, known in ((a.only, GROUPS), (a.peers or [], PEERS + tables.PEERS)):
        if unknown := set(given) - set(known):
            p.error(f"unknown {sorted(unknown)}, expected some of {known}")
    return a


def jobs(bench, only, twenty):
    """The jobs of this form, one after the other: each is made when the one before is done."""
    loans, cache, big = Loans(bench), bench.cache, bench.form == "full"
    usual = "100k" if bench.form == "quick" else "1m"
    if set(only) & {"loans", "latency", "gzip", "csv", "text", "growth"}:
        for size in ["150", usual] + ["5m"] * (big and "loans" in only):
            cache.loans("t", size), cache.loans("s", size)
    if "loans" in only:
        for size in [usual] + ["5m"] * big:
            yield loans.job("fit_transform", size)
            yield loans.job("apply", size)
    if "latency" in only:
        yield loans.latency(usual)
    if "gzip" in only:
        cache.packed(cache.loans("s", usual))
        yield variants.gzip(bench, usual)
    if "csv" in only:
        yield variants.csv(bench, usual)
    if "text" in only:
        cache.loans("x", usual)
        yield variants.text(bench, usual)
    if "wide" in only:
        rows = WIDE[bench.form]
        cache.wide("t", rows), cache.wide("s", rows)
        yield from tables.jobs(bench, "wide", str(rows), {"fit_transform": rows, "apply": rows}, HERE / "wide.yaml")
    if "adult" in only:
        yield from adult(bench)
    if "growth" in only and (big or twenty):
        sizes = ["1m", "5m"] + ["20m"] * (twenty and room(bench, 14))
        for size in sizes:
            cache.loans("s", size)
        cache.loans("t", "1m")
        yield loans.growth(sizes)
    if "memory" in only and big:
        cache.loans("t", "5m")
        yield loans.little_memory("5m", "192M", 256 * 1024)


def adult(bench):
    data = place.shared_data(bench.package)
    if not data:
        return bench.note("UCI Adult is left out: no ../shared/data/adult-train.csv (or set DLPREP_SHARED)")
    copies, rows = ADULT[bench.form] // 4, {}
    for job, kind in (("fit_transform", "t"), ("apply", "s")):
        _, rows[job] = bench.cache.adult(kind, copies, data)
    # No peer counts rows by their weights, so nobody does.
    pipeline = bench.scratch / "adult.yaml"
    pipeline.write_text((bench.package / "Pipelines/adult.yaml").read_text().replace("role: weight", "role: ignore"))
    yield from tables.jobs(bench, "adult", str(copies), rows, pipeline)


def room(bench, gib):
    """Whether 20 million rows fit into tmpfs and memory; a machine that swaps measures nothing."""
    free = min(shutil.disk_usage(bench.scratch).free / (1 << 30), machine.memory())
    if free < gib:
        bench.note(f"20 million rows are left out: {free:.0f} GiB are free, {gib} are needed")
    return free >= gib


def rows_per_second(bench):
    """What the Swift program `microbenchmarks` says about one row at a time, where it has been built."""
    program = bench.dlprep.parent / "microbenchmarks"
    if not os.access(program, os.X_OK):
        return None
    loans, size = Loans(bench), "100k" if bench.form == "quick" else "1m"
    table, (model, made) = bench.cache.loans("s", size), loans.model(size)
    bench.cache.loans("t", size)
    if not contenders.made("microbenchmarks", [made]):
        return None
    done = subprocess.run([program, "rows", model, table], capture_output=True, text=True)
    line = next((l for l in done.stdout.splitlines() if "rows/s" in l), "")
    numbers = [w.replace(",", "") for w in line.replace(":", " ").split() if w[:1].isdigit()]
    why = (done.stderr.strip().splitlines() or ["no line with rows/s"])[0]
    print(f"microbenchmarks: {line or f'exit {done.returncode}: {why}'}", flush=True)
    return float(numbers[0]) if numbers else None


def main():
    a = arguments()
    dlprep = pathlib.Path(a.dlprep).resolve()
    if not os.access(dlprep, os.X_OK):
        sys.exit(f"no binary at {dlprep}: build it with `swift build -c release --static-swift-stdlib --product dlprep`")
    cache = place.Cache(pathlib.Path(a.cache), HERE)
    cache.prepare(onepass=not a.quick)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="dlprep-bench-", dir=a.scratch))
    bench = contenders.Bench(dlprep, PACKAGE, cache, scratch, a.form, a.twenty, a.peers)
    before = machine.describe()
    print(", ".join(f"{k} {v}" for k, v in before.items()), flush=True)
    rows, ok, rate = [], True, None
    try:
        for job in jobs(bench, a.only, a.twenty):
            left_out = contenders.prove(job)
            ok &= not left_out
            rows += [timing.failed(job, c) for c in left_out if c.kind == "dlprep"]
            rows += timing.rounds(job, a.runs or {"quick": 1, "full": 3}.get(a.form, 5))
        if "rows" in a.only:
            rate = rows_per_second(bench)
    finally:
        shutil.rmtree(scratch)
    report.table(rows)
    if timing.floors:
        print(f"  a peak below {max(timing.floors):.0f} MiB can't be told: that much the process held that starts them")
    missed = goals.Goals(rows, a.form, rate).all()
    print("".join(f"  note: {n}\n" for n in bench.notes) + f"load of the machine: {before['load']} before, {machine.load()} after "
          f"(1, 5, 15 minutes; {before['processor']}, {before['cores']} cores)")
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps({"machine": before, "load after": machine.load(), "rows": [r.__dict__ for r in rows],
                                                    "rows per second": rate, "notes": bench.notes}, indent=1))
    if not ok:
        sys.exit("matrices disagree or a command failed: see above")
    if a.strict and missed:
        sys.exit(2)


if __name__ == "__main__":
    main()
