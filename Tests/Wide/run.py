#!/usr/bin/env python3
"""Twice the columns, or twice the levels of a category, may take about twice the time: nothing is quadratic.

  Tests/Wide/run.py [--dlprep BINARY] [--quick] [--only TEXT]

Wide: numbers in 1,000 and 2,000 columns of 50,000 rows, and 2,000 and 4,000 columns of few rows, where all is work
by column: fitting, serving, loading, planning, checking. Long: a category with 500,000 and 1,000,000 levels, and as
many one-hot columns refused. Both are fitted within `--memory 1G`. `--quick` takes few rows and a tenth of the levels; CI runs
that. Seconds are those of the processor, so that other work on the machine matters little. Needs only Python's
standard library. Exit code 1 where something takes more than 3 times as long (4 is quadratic, but what no longer fits
the processor's caches takes more than twice), or too much memory, or isn't refused.
"""
import argparse, json, os, pathlib, sys, tempfile

import making

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FACTOR, SLACK = 3, 0.25                # how much longer twice as much may take, and what is too short to tell
MEMORY = 1024                          # MiB that a fit is given
LIMIT = MEMORY + 320                   # and with what the program and its blocks take beside: 280 for 4,000 columns


class Run:
    """Runs dlprep in a folder and remembers what was too slow, too large or not refused."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.bad = binary, folder, 0

    def __call__(self, *arguments, code=0):
        """CPU seconds and peak memory in MiB."""
        messages = os.open(self.folder / "messages", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        null = os.open(os.devnull, os.O_WRONLY)
        actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, messages, 2)]
        pid = os.posix_spawn(self.binary, [self.binary, *map(str, arguments)], os.environ, file_actions=actions)
        _, status, used = os.wait4(pid, 0)
        os.close(messages)
        os.close(null)
        if (found := os.waitstatus_to_exitcode(status)) != code:
            self.fail(f"exit {found}, expected {code}: dlprep {' '.join(map(str, arguments))}: "
                      f"{(self.folder / 'messages').read_text()[:400].strip()}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    def fail(self, words):
        self.bad += 1
        print(f"  FAIL {words}", flush=True)

    def judge(self, label, what, measure, memory=None):
        """`measure(i)` for the smaller (0) and the larger (1) table; once more where the larger one took long."""
        seconds, peaks = zip(*(measure(i) for i in (0, 1)))
        if seconds[1] > FACTOR * seconds[0] + SLACK:
            again = [measure(i) for i in (0, 1)]
            seconds = [max(seconds[0], again[0][0]), min(seconds[1], again[1][0])]
        print(f"{label:34s} {what:8s} {seconds[0]:8.2f} s {seconds[1]:8.2f} s  x {seconds[1] / max(seconds[0], 0.001):4.1f}"
              f" {peaks[0]:8.0f} MiB {peaks[1]:6.0f} MiB", flush=True)
        if seconds[1] > FACTOR * seconds[0] + SLACK:
            self.fail(f"{label}, {what}: {seconds[1]:.2f} s where half of it took {seconds[0]:.2f} s")
        if memory and max(peaks) > memory:
            self.fail(f"{label}, {what}: {max(peaks):.0f} MiB, expected at most {memory}")


def written(path, steps, **more):
    """A pipeline file; JSON is YAML."""
    path.write_text(json.dumps({"dlprep": 1, "steps": steps, "output": {"limits": {"columns": 20_000}}} | more))
    return path


def fit(pipeline, table, model, folder):
    """The arguments of a fit with its training output."""
    return "fit", pipeline, table, "-o", model, "--features", folder / "x.npy", "--memory", f"{MEMORY}M", "--quiet"


def wide(run, rows, columns, only):
    """Every kind of stage on many columns: its fit with the training output, its serving, its loading."""
    tables = [making.wide(run.folder / f"wide-{n}.csv", rows, n) for n in columns]
    single = [making.wide(run.folder / f"single-{n}.csv", 1, n, gaps=0) for n in columns]
    print(f"\n{rows:,} rows of {columns[0]:,} and {columns[1]:,} columns: "
          f"{', '.join(f'{t.stat().st_size / 2 ** 20:.0f} MiB' for t in tables)}", flush=True)
    for label, steps, more in making.wide_pipelines():
        if only not in label:
            continue
        at = [written(run.folder / f"wide-{i}.yaml", steps(n), **more(n)) for i, n in enumerate(columns)]
        model = [run.folder / f"wide-{i}.dlprep" for i in (0, 1)]
        run.judge(label, "fit", lambda i: run(*fit(at[i], tables[i], model[i], run.folder)), LIMIT)
        if not all(m.exists() for m in model):
            continue
        run.judge(label, "apply", lambda i: run("apply", model[i], tables[i], "-o", run.folder / "x.npy", "--quiet"), LIMIT)
        run.judge(label, "one row", lambda i: run("apply", model[i], single[i], "-o", run.folder / "x.csv", "--quiet"))
        run.judge(label, "plan", lambda i: run("plan", at[i], model[i]))
        run.judge(label, "inspect", lambda i: run("inspect", model[i]))
        run.judge(label, "check", lambda i: run("check", at[i], single[i]))
        for m in model:
            m.unlink()
    if only in "polynomial refused":
        at = written(run.folder / "refused.yaml", [{"polynomial": {"columns": "numeric"}}])
        run.judge("polynomial refused", "fit", lambda i: run("fit", at, single[i], "-o", run.folder / "never", code=5))
    for path in tables + single:
        path.unlink()


def long(run, levels, only):
    """Every encoder on a category with many levels, within the memory that it is given."""
    tables = [making.long(run.folder / f"long-{n}.csv", n) for n in levels]
    print(f"\n{levels[0]:,} and {levels[1]:,} levels in {making.rows_of(levels[0]):,} and {making.rows_of(levels[1]):,} rows: "
          f"{', '.join(f'{t.stat().st_size / 2 ** 20:.0f} MiB' for t in tables)}", flush=True)
    columns = {"who": {"type": "category"}, "y": {"role": "target"}, "x": {"type": "float"}}
    for label, steps in making.long_pipelines():
        if only not in label:
            continue
        at = written(run.folder / "long.yaml", steps, schema={"columns": columns})
        model = [run.folder / f"long-{i}.dlprep" for i in (0, 1)]
        run.judge(label, "fit", lambda i: run(*fit(at, tables[i], model[i], run.folder)), LIMIT)
        if not all(m.exists() for m in model):
            continue
        run.judge(label, "apply", lambda i: run("apply", model[i], tables[i], "-o", run.folder / "x.npy", "--quiet"), LIMIT)
        run.judge(label, "inspect", lambda i: run("inspect", model[i]), LIMIT)
        for m in model:
            m.unlink()
    if only in "one_hot refused":
        at = written(run.folder / "refused.yaml", [{"one_hot": {"columns": "who"}}], schema={"columns": columns})
        run.judge("one_hot refused", "fit", lambda i: run(
            "fit", at, tables[i], "-o", run.folder / "never", "--memory", f"{MEMORY}M", code=5), LIMIT)
        if (run.folder / "never").exists():
            run.fail("one_hot refused: there is an output")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dlprep", default=str(ROOT / ".build/release/dlprep"))
    p.add_argument("--quick", action="store_true", help="few rows, a tenth of the levels")
    p.add_argument("--only", default="", help="only what contains this")
    options = p.parse_args()
    binary = os.path.abspath(options.dlprep)
    if not os.access(binary, os.X_OK):
        sys.exit(f"no binary at {binary}")
    with tempfile.TemporaryDirectory(prefix="dlprep-wide-") as folder:
        run = Run(binary, pathlib.Path(folder))
        wide(run, 400, (2000, 4000), options.only)
        if not options.quick:
            wide(run, 50_000, (1000, 2000), options.only)
        long(run, (50_000, 100_000) if options.quick else (500_000, 1_000_000), options.only)
    print(f"\n{run.bad} failed" if run.bad else "\nall within bounds")
    sys.exit(1 if run.bad else 0)


if __name__ == "__main__":
    main()
