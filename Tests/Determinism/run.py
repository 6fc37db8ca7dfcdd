#!/usr/bin/env python3
"""Same bits, always: whatever the threads, the blocks, the memory and the way that the table comes in.

  Tests/Determinism/run.py [--dlprep BINARY] [--rows N]

Fits a pipeline with its training output, and applies the artifact, in every combination of 1, 2, 3 and 8
threads, blocks of 64 KiB and 4 MiB (4 KiB and 17 bytes too, for shorter tables), a file, a pipe and gzip,
all memory and next to none. The artifact, the matrices and all files beside them must have the same SHA-256.
Needs only Python's standard library and takes less than a minute. Exit code 1 on any difference.
"""
import argparse, gzip, hashlib, itertools, os, pathlib, subprocess, sys, tempfile

import loans

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
THREADS = [1, 2, 3, 8]
TINY, SMALL, LARGE = [17], [4096], [65536, 4194304]


def run(binary, arguments, folder, table, source):
    """Runs dlprep with the table as a file, as gzip, or through a pipe."""
    path = {"file": table, "pipe": "-", "gzip": f"{table}.gz"}[source]
    command = [binary, *arguments[:2], path, *arguments[2:], "--quiet"]
    feed = subprocess.Popen(["cat", table], stdout=subprocess.PIPE) if source == "pipe" else None
    done = subprocess.run([str(c) for c in command], cwd=folder, stdin=feed.stdout if feed else subprocess.DEVNULL,
                          capture_output=True, text=True)
    if feed:
        feed.stdout.close()
        feed.wait()
    if done.returncode:
        raise RuntimeError(f"exit {done.returncode}: {' '.join(map(str, command))}: {done.stderr.strip()[:400]}")


def hashes(binary, pipeline, table, threads, block, source, memory):
    """Name and SHA-256 of all that a fit and an apply write."""
    how = ["--threads", threads, "--block-bytes", block]
    with tempfile.TemporaryDirectory(prefix="dlprep-determinism-") as folder:
        train = ["fit", pipeline, "-o", "m.dlprep", "--features", "x.npy", *how] + (["--memory", memory] if memory else [])
        run(binary, train, folder, table, source)
        run(binary, ["apply", "m.dlprep", "-o", "y.npy", *how], folder, table, source)
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(pathlib.Path(folder).iterdir())}


def check(binary, name, pipeline, table, blocks):
    """One pipeline in all combinations: prints what differs, gives the numbers of equal and of other ones."""
    reference, good, bad = None, 0, 0
    combinations = itertools.product(THREADS, blocks, ["file", "pipe", "gzip"])
    for i, (threads, block, source) in enumerate(combinations):
        # Many threads that fetch tiny blocks from the disk wait for each other most of the time.
        memory = "256K" if i % 2 and block in LARGE else None
        label = f"{name}: {threads} threads, blocks of {block}, {source}, memory {memory or 'as it is'}"
        try:
            found = hashes(binary, pipeline, table, threads, block, source, memory)
        except RuntimeError as failure:
            print(f"  {label}: {failure}", flush=True)
            bad += 1
            continue
        reference = reference or found
        other = sorted(n for n in reference.keys() | found.keys() if reference.get(n) != found.get(n))
        if other:
            print(f"  {label}: {', '.join(other)} differ from the first combination's", flush=True)
        bad, good = bad + bool(other), good + (not other)
    print(f"{name:22s} {good + bad:3d} combinations, files: {', '.join(reference or {})}", flush=True)
    return good, bad


def packed(path, content):
    """Writes a table, plain and as gzip."""
    path.write_bytes(content)
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 1))
    return path


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dlprep", default=str(ROOT / ".build/release/dlprep"))
    p.add_argument("--rows", type=int, default=100_000, help="rows of the long table")
    options = p.parse_args()
    binary = os.path.abspath(options.dlprep)
    if not os.access(binary, os.X_OK):
        sys.exit(f"no binary at {binary}")
    with tempfile.TemporaryDirectory(prefix="dlprep-determinism-") as made:
        folder = pathlib.Path(made)
        # The smaller the blocks, the shorter the table: a block costs something whatever it holds.
        tables = [(options.rows, LARGE), (options.rows // 5, SMALL), (options.rows // 50, TINY)]
        pipeline = ROOT / "Pipelines/benchmark.yaml"
        churn = packed(folder / "churn.csv", gzip.decompress((ROOT / "SampleData/churn.csv.gz").read_bytes()))
        results = [check(binary, f"benchmark, {rows} rows", pipeline, packed(folder / f"{rows}.csv", loans.table(rows)), blocks)
                   for rows, blocks in tables]
        results.append(check(binary, "churn", ROOT / "Pipelines/churn.yaml", churn, TINY + SMALL + LARGE))
    good, bad = map(sum, zip(*results))
    print(f"{good} passed, {bad} failed")
    sys.exit(1 if bad or not good else 0)


if __name__ == "__main__":
    main()
