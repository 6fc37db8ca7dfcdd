"""The measurements of a run, job by job."""


def fastest(rows, job, size, measure="wall"):
    return min((r for r in rows if (r.job, r.size, r.kind) == (job, size, "peer")), key=lambda r: getattr(r, measure), default=None)


def table(rows):
    rows = [r for r in rows if r.runs]
    for job, size in dict.fromkeys((r.job, r.size) for r in rows):
        chosen, best = [r for r in rows if (r.job, r.size) == (job, size)], fastest(rows, job, size)
        print(f"\n{job}, {max(r.rows for r in chosen):,} rows" + (f" (x: wall against {best.name}, the fastest peer)" if best else ""))
        print(f"  {'':22s} {'wall s':>8s} {'range':>15s} {'CPU s':>8s} {'MiB':>7s} {'x':>6s} {'others':>7s} {'runs':>5s}")
        for r in sorted(chosen, key=lambda r: (r.kind != "dlprep", r.kind, r.wall)):
            ratio = f"{r.wall / best.wall:.2f}" if best else "-"
            name = r.name + (" *" if r.kind == "mark" else "")
            print(f"  {name:22s} {r.wall:8.3f} {f'{r.low:.3f}-{r.high:.3f}':>15s} {r.cpu:8.3f} {r.rss:7.0f} {ratio:>6s} "
                  f"{r.busy:7.2f} {r.runs:5d}")
    if any(r.kind == "mark" for r in rows):
        print("\n  * a mark, not a peer; onepass is C++ written for this one table, without checks or messages")
    if any(r.busy > 0.10 for r in rows):
        print("  others > 0.10: the machine was not quiet, so trust CPU seconds and take wall times as upper bounds")
