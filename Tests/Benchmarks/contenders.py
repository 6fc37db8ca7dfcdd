"""Who runs what: the command lines of dlprep and its peers, and the proof that they do the same work."""
import os, pathlib, subprocess
from dataclasses import dataclass, field

PEERS = ["arrow_np", "arrow_np_mt", "polars_mem", "polars_stream", "polars_np", "polars_np_stream", "duck", "sklearn_pd",
         "feateng"]
USUAL = ["arrow_np", "arrow_np_mt", "polars_np", "polars_np_stream", "duck", "sklearn_pd"]
QUICK = ["arrow_np", "polars_np_stream"]
POLARS = {"polars_mem": {}, "polars_stream": {"PEER_ENGINE": "streaming"}, "polars_np": {"PEER_NP": "1"},
          "polars_np_stream": {"PEER_NP": "1", "PEER_ENGINE": "streaming"}}


@dataclass
class Contender:
    name: str
    kind: str                      # dlprep, peer or mark
    command: list
    output: pathlib.Path
    env: dict = field(default_factory=dict)
    before: list = None            # made once, not timed: the fitted state

    def run(self, command):
        done = subprocess.run([str(c) for c in command], env=os.environ | self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(f"FAILED {self.name}: exit {done.returncode}: {' '.join(map(str, command))}\n{done.stdout.strip()[-2000:]}")
        return done.returncode == 0


def peer(name, job, size, cache, scratch, table):
    """A peer's own scripts; `arrow_np_mt` is arrow_np with the multi-threaded reader, for apply only."""
    script = cache.here / "peers" / ("polars_pl" if name in POLARS else name.removesuffix("_mt"))
    python, out = [cache.python, "-B", f"{script}.py"], scratch / f"{name}.npy"
    state = scratch / f"state_{name}_{size if size != '150' else '1m'}"
    fitted = python + ["fit", cache.folder / f"t_{size if size != '150' else '1m'}.csv", state]
    mode = "apply_mt" if name.endswith("_mt") else job
    return Contender(name, "peer", python + [mode, table, out, state], out, POLARS.get(name, {}),
                     fitted if job == "apply" else None)


def of(job, size, dlprep, package, cache, scratch, peers):
    """Everybody who takes part in one job at one size."""
    pipeline = package / "Pipelines/benchmark.yaml"
    table = cache.folder / f"{'s' if job == 'apply' else 't'}_{size}.csv"
    model, trained = scratch / f"{size}.dlprep", cache.folder / f"t_{'1m' if size == '150' else size}.csv"
    found = []
    for threads in [2, 1]:
        out = scratch / f"dlprep{threads}.npy"
        common = ["-o", out, "--threads", threads]
        if job == "apply":
            found.append(Contender(f"dlprep, {threads} threads", "dlprep", [dlprep, "apply", model, table] + common, out,
                                   before=[dlprep, "fit", pipeline, trained, "-o", model] if threads == 2 else None))
        else:
            found.append(Contender(f"dlprep, {threads} threads", "dlprep", [dlprep, "apply", pipeline, table] + common, out))
    for name in peers:
        if name == "feateng" and subprocess.run([cache.python, "-c", "import feature_engine"], stderr=subprocess.DEVNULL).returncode:
            print("note: feature_engine is not installed: that peer is left out")
        elif job == "apply" or not name.endswith("_mt"):
            found.append(peer(name, job, size, cache, scratch, table))
    if cache.onepass_ready:
        text = scratch / f"onepass_{size}.txt"
        state = text if job == "apply" else scratch / "unused"
        for threads in [2, 1]:
            found.append(Contender(f"onepass, {threads} threads", "mark", [cache.onepass, job, table, scratch / f"onepass{threads}.npy",
                                   state, threads], scratch / f"onepass{threads}.npy"))
    return found


def validate(contenders, job, size, cache, scratch):
    """Runs everybody once, untimed, and compares each matrix with arrow_np's by the names of the features.

    Whoever fails or disagrees is not timed: a fast wrong answer is no answer.
    """
    reference = peer("arrow_np", job, size, cache, scratch, cache.folder / f"{'s' if job == 'apply' else 't'}_{size}.csv")
    reference.output = reference.command[-2] = scratch / "reference.npy"
    if not all(reference.run(c) for c in [reference.before, reference.command] if c):
        return [], False
    state = reference.command[-1]
    if job == "apply" and cache.onepass_ready:
        subprocess.run([cache.python, "-B", cache.here / "floor/state2txt.py", state, scratch / f"onepass_{size}.txt"], check=True)
    kept, ok = [], True
    for c in contenders:
        good = (not c.before or c.run(c.before)) and c.run(c.command)
        if good:
            features = c.output.with_suffix(".features.json") if c.kind == "dlprep" else "-"
            good = compare(cache, reference.output, state, c, features)
        kept += [c] * good
        ok &= good
        remove(c)
    reference.output.unlink()
    return kept, ok


def compare(cache, reference, state, contender, features):
    done = subprocess.run([cache.python, "-B", cache.here / "matrices.py", reference, state, contender.output, features,
                           contender.name])
    return done.returncode == 0


def latency(dlprep, package, cache, scratch, peers):
    """150 rows with what 1M rows taught: start-up and loading the artifact are all there is."""
    quick = [p for p in peers if p in QUICK]
    return [c for c in of("apply", "150", dlprep, package, cache, scratch, quick) if c.kind != "mark"]


def remove(contender):
    """Every run starts without an output: overwriting pages is cheaper than getting new ones."""
    for path in contender.output.parent.glob(contender.output.stem + ".*"):
        if path.suffix in (".npy", ".json"):
            path.unlink()
