"""The table of a run, and which goals it meets."""
from place import ROWS


def fastest(rows, job, size):
    return min((r for r in rows if (r.job, r.size, r.kind) == (job, size, "peer")), key=lambda r: r.wall, default=None)


def table(rows):
    for job, size in dict.fromkeys((r.job, r.size) for r in rows):
        best = fastest(rows, job, size)
        print(f"\n{job}, {ROWS[size]:,} rows" + (f" (x: wall against {best.name}, the fastest peer)" if best else ""))
        print(f"  {'':22s} {'wall s':>8s} {'range':>15s} {'CPU s':>8s} {'MiB':>7s} {'x':>6s} {'others':>7s} {'runs':>5s}")
        for r in sorted((r for r in rows if (r.job, r.size) == (job, size)), key=lambda r: (r.kind != "dlprep", r.kind, r.wall)):
            ratio = f"{r.wall / best.wall:.2f}" if best else "-"
            name = r.name + (" *" if r.kind == "mark" else "")
            print(f"  {name:22s} {r.wall:8.3f} {f'{r.low:.3f}-{r.high:.3f}':>15s} {r.cpu:8.3f} {r.rss:7.0f} {ratio:>6s} "
                  f"{r.busy:7.2f} {r.runs:5d}")
    if any(r.kind == "mark" for r in rows):
        print("\n  * a mark, not a peer: C++ written for this one table, without checks or messages")
    if any(r.busy > 0.10 for r in rows):
        print("  others > 0.10: the machine was not quiet, so trust CPU seconds and take wall times as upper bounds")


def goals(rows):
    """Prints each goal that this run can judge, and returns how many were missed."""
    ours = {(r.job, r.size, r.name.split(", ")[1][0]): r for r in rows if r.kind == "dlprep"}
    judged = []

    def judge(text, value, limit, unit):
        judged.append(value <= limit)
        print(f"  {'pass' if judged[-1] else 'MISS'}  {text}: {value:.2f} {unit}, goal <= {limit:g}")

    print("\ngoals")
    for job, limit in [("apply", 0.7), ("fit_transform", 0.8)]:
        for size in ["1m", "5m"]:
            mine, best = ours.get((job, size, "2")), fastest(rows, job, size)
            if mine and best:
                judge(f"{job}, {ROWS[size]:,} rows, 2 threads, wall against {best.name}", mine.wall / best.wall, limit, "x")
    for (job, size, threads), r in ours.items():
        if job == "apply":
            judge(f"apply, {ROWS[size]:,} rows, {threads} threads, peak memory", r.rss, 64, "MiB")
    for small, large in [("100k", "1m"), ("1m", "5m")]:
        a, b = ours.get(("apply", small, "2")), ours.get(("apply", large, "2"))
        if a and b:
            judge(f"apply, memory does not grow from {ROWS[small]:,} to {ROWS[large]:,} rows", b.rss - a.rss, 8, "MiB more")
    if r := ours.get(("apply 150 rows", "150", "2")):
        judge("apply, 150 rows with the state of 1,000,000, wall", r.wall * 1e3, 30, "ms")
    if not judged:
        print("  none can be judged without 1,000,000 rows")
    return judged.count(False)
