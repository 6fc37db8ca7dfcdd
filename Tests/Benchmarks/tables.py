"""Two tables besides the loans: a wide one of numbers, and UCI Adult, which nobody tuned for."""
import contenders as c

PEERS = ["arrow_np", "polars", "duck", "sklearn"]
QUICK = ["arrow_np", "polars"]


def jobs(bench, kind, size, rows, pipeline):
    """fit_transform and apply of one table; arrow_np's matrix is the reference, its names lie beside it."""
    train, other = bench.cache.folder / f"{kind}_t_{size}.csv", bench.cache.folder / f"{kind}_s_{size}.csv"
    names = [n for n in (QUICK if bench.form == "quick" else PEERS) if bench.wanted(n)]
    model = bench.scratch / f"{kind}.dlprep"
    found = []
    for job, table in (("fit_transform", train), ("apply", other)):
        own = [c.Contender(f"dlprep, {n} thread{'s' * (n > 1)}", "dlprep",
                           [bench.dlprep, "apply", model if job == "apply" else pipeline, table, "-o", bench.scratch / f"dlprep{n}.npy",
                            "--threads", n], bench.scratch / f"dlprep{n}.npy",
                           needs=[(model, [bench.dlprep, "fit", pipeline, train, "-o", model])] if job == "apply" else [])
               for n in (2, 1)]
        reference = run(bench, kind, "arrow_np", job, table, train, bench.scratch / "reference.npy")
        field = own + [run(bench, kind, n, job, table, train, bench.scratch / f"{n}.npy") for n in names]
        needs = reference.needs + [(reference.output, reference.command)]
        map_of_names = reference.output.with_suffix(".features.json")
        leftovers = [bench.scratch / f"reference{x}" for x in (".npy", ".features.json", ".target.npy", ".weight.npy")]
        found.append(c.Job(f"{kind} {job}", size, rows[job], field,
                           c.same_matrix(bench, reference.output, map_of_names, rows[job]), needs, leftovers))
    return found


def run(bench, kind, name, job, table, train, out):
    """A peer's command: `peers/KIND_NAME.py JOB TABLE OUT STATE`, as for loans."""
    script, state = bench.python(f"peers/{kind}_{name}.py"), bench.scratch / f"{kind}_state_{name}"
    if job == "fit_transform":
        return c.Contender(name, "peer", script + [job, table, out, bench.scratch / "unused_state"], out)
    return c.Contender(name, "peer", script + [job, table, out, state], out, needs=[(state, script + ["fit", train, state])])
