"""The table of loans: fit_transform and apply of 100k to 20M rows, 150 rows, and a fit in little memory."""
import subprocess

from contenders import Contender, Job, same_matrix
from place import ROWS

PEERS = ["arrow_np", "arrow_np_mt", "polars_mem", "polars_stream", "polars_np", "polars_np_stream", "duck", "sklearn_pd",
         "feateng"]
USUAL = ["arrow_np", "arrow_np_mt", "polars_np", "polars_np_stream", "duck", "sklearn_pd"]
QUICK = ["arrow_np", "polars_np_stream"]
POLARS = {"polars_mem": {}, "polars_stream": {"PEER_ENGINE": "streaming"}, "polars_np": {"PEER_NP": "1"},
          "polars_np_stream": {"PEER_NP": "1", "PEER_ENGINE": "streaming"}}


class Loans:
    def __init__(self, bench):
        self.b = bench
        self.pipeline = bench.package / "Pipelines/benchmark.yaml"

    def table(self, kind, size):
        return self.b.cache.folder / f"{kind}_{size}.csv"

    def model(self, size):
        """dlprep's state of a size: its path, and how it is made. 150 rows get the state of the largest small table."""
        path = self.b.scratch / f"model_{size}.dlprep"
        return path, (path, [self.b.dlprep, "fit", self.pipeline, self.table("t", size), "-o", path])

    def script(self, name):
        return self.b.python("peers/" + ("polars_pl" if name in POLARS else name.removesuffix("_mt")) + ".py")

    def state(self, name, size):
        path = self.b.scratch / f"state_{name}_{size}"
        return path, (path, self.script(name) + ["fit", self.table("t", size), path])

    def peer(self, name, job, table, state_of, label=None):
        """A peer's own script; `arrow_np_mt` is arrow_np with the multi-threaded reader, for apply only."""
        out = self.b.scratch / f"{label or name}.npy"
        mode = "apply_mt" if name.endswith("_mt") else job
        if job == "fit_transform":
            return Contender(label or name, "peer", self.script(name) + [mode, table, out, self.b.scratch / "unused_state"], out,
                             POLARS.get(name, {}))
        path, made = self.state(name, state_of)
        return Contender(label or name, "peer", self.script(name) + [mode, table, out, path], out, POLARS.get(name, {}), [made])

    def own(self, job, table, threads, state_of, label=None):
        """dlprep itself, with its default settings."""
        name = label or f"dlprep, {threads} thread{'s' * (threads > 1)}"
        out = self.b.scratch / f"dlprep{threads}.npy"
        path, made = self.model(state_of)
        first = path if job == "apply" else self.pipeline
        return Contender(name, "dlprep", [self.b.dlprep, "apply", first, table, "-o", out, "--threads", threads], out,
                         needs=[made] if job == "apply" else [])

    def peers(self):
        names = self.b.peers or (QUICK if self.b.form == "quick" else USUAL)
        if "feateng" in names and subprocess.run([self.b.cache.python, "-c", "import feature_engine"], stderr=subprocess.DEVNULL).returncode:
            self.b.note("feature_engine is not installed: that peer is left out")
            names = [n for n in names if n != "feateng"]
        return [n for n in names if n in PEERS]

    def reference(self, job, size, state_of):
        """arrow_np's matrix, and the state that tells its columns' names."""
        out, state = self.b.scratch / "reference.npy", self.b.scratch / f"reference_state_{state_of}"
        if job == "apply":
            state, made = self.state("arrow_np", state_of)
            needs = [made, (out, self.script("arrow_np") + ["apply", self.table("s", size), out, state])]
        else:
            needs = [(out, self.script("arrow_np") + ["fit_transform", self.table("t", size), out, state])]
        return out, state, needs

    def marks(self, job, table, state_of):
        if not self.b.cache.onepass_ready:
            return []
        state, text = self.b.scratch / f"state_arrow_np_{state_of}", self.b.scratch / f"onepass_{state_of}.txt"
        made = [(text, self.b.python("floor/state2txt.py", state, text))] if job == "apply" else []
        return [Contender(f"onepass, {n} thread{'s' * (n > 1)}", "mark",
                          [self.b.cache.onepass, job, table, self.b.scratch / f"onepass{n}.npy",
                           text if made else self.b.scratch / "unused", n], self.b.scratch / f"onepass{n}.npy", needs=made)
                for n in (2, 1)]

    def job(self, job, size):
        """One job at one size: dlprep with two threads and one, the peers, the mark."""
        table, (reference, names, needs) = self.table("s" if job == "apply" else "t", size), self.reference(job, size, size)
        field = [self.own(job, table, n, size) for n in (2, 1)]
        field += [self.peer(n, job, table, size) for n in self.peers() if job == "apply" or not n.endswith("_mt")]
        return Job(job, size, ROWS[size], field + self.marks(job, table, size), same_matrix(self.b, reference, names, ROWS[size]), needs,
                   [reference])

    def latency(self, state_of):
        """150 rows with what a large table taught: start-up and loading the artifact are all there is."""
        table, (reference, names, needs) = self.table("s", "150"), self.reference("apply", "150", state_of)
        field = [self.own("apply", table, n, state_of) for n in (2, 1)]
        field += [self.peer(n, "apply", table, state_of) for n in self.peers() if n in ("arrow_np", "polars_np_stream")]
        return Job("apply 150 rows", "150", 150, field, same_matrix(self.b, reference, names, 150), needs, [reference],
                   rounds=3 if self.b.form == "quick" else 15)

    def growth(self, sizes):
        """The same state on more and more rows: time per row and memory must stay. Proved by a comparer that streams."""
        state, made = self.state("arrow_np", "1m")
        field = []
        for size in sizes:
            c = self.own("apply", self.table("s", size), 2, "1m", label=f"{ROWS[size]:,} rows")
            c.rows = ROWS[size]
            field.append(c)
            # As text that nobody keeps: what remains of the time where no file system has a part in it.
            thrown = self.own("apply", self.table("s", size), 2, "1m", label=f"{ROWS[size]:,} rows, thrown away")
            at = thrown.command.index("-o")
            thrown.command[at:at + 2] = ["--to", "csv"]
            thrown.command = ["/bin/sh", "-c", 'exec "$@" > /dev/null', "sh", *thrown.command]
            thrown.rows, thrown.kind = ROWS[size], "mark"
            field.append(thrown)

        def agrees(c):
            if c.kind == "mark":
                return True
            check = self.b.python("long_matrices.py", c.command[3], state, c.output, c.output.with_suffix(".features.json"), c.name,
                                  c.rows)
            return subprocess.run([str(x) for x in check]).returncode == 0
        return Job("growth", sizes[-1], ROWS[sizes[-1]], field, agrees, [made])

    def little_memory(self, size, memory, limit):
        """A fit that has to go to disk, in `limit` KiB of private memory, must make the same bytes as one that hasn't."""
        plain, small = self.b.scratch / "fit_plain.dlprep", self.b.scratch / "fit_small.dlprep"
        fit = [self.b.dlprep, "fit", self.pipeline, self.table("t", size), "-o"]
        limited = ["/bin/sh", "-c", f'ulimit -d {limit} && exec "$@"', "sh", *fit, small, "--memory", memory]
        expected, made = self.model(size)
        field = [Contender("fit", "dlprep", fit + [plain], plain),
                 Contender(f"fit --memory {memory}", "dlprep", limited, small, {"TMPDIR": str(self.b.cache.folder)})]

        def agrees(c):
            same = c.output.read_bytes() == expected.read_bytes()
            print(f"{'agree ' if same else 'DIFFER'} {c.name:20s} {c.output.stat().st_size} bytes of artifact", flush=True)
            return same
        return Job("fit", size, ROWS[size], field, agrees, [made])
