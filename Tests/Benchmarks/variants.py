"""Apply on loans in other ways: from gzip, to CSV, and past a text column that nobody uses."""
import ctypes.util, subprocess

import contenders as c
from loans import Loans
from place import ROWS

GZIP_PEERS = ["arrow_np", "arrow_np_mt", "polars_np", "polars_np_stream", "duck", "gz_pandas"]


def has_igzip(bench):
    """Whether dlprep can inflate with igzip here, and if not, why."""
    # Not read in here: what this script has held counts as the peak memory of all that it starts.
    if subprocess.run(["grep", "-q", "libisal", bench.dlprep]).returncode:
        return "this dlprep doesn't know igzip"
    return None if ctypes.util.find_library("isal") else "libisal is not installed (apt install libisal2)"


def gzip(bench, size):
    """The same work from a .gz: dlprep as it is, with zlib alone, and from the plain table; peers with their own gzip."""
    loans = Loans(bench)
    plain, packed = loans.table("s", size), loans.table("s", size).with_suffix(".csv.gz")
    reference, names, needs = loans.reference("apply", size, size)
    field = [loans.own("apply", plain, 2, size, "dlprep, plain"), loans.own("apply", packed, 2, size, "dlprep, gzip by zlib")]
    # An empty file by its name is found first and can't be loaded: what dlprep does without igzip.
    blocked = bench.scratch / "without_igzip"
    blocked.mkdir(exist_ok=True)
    for name in ("libisal.so", "libisal.so.2", "libisal.so.2.0.30"):
        (blocked / name).touch()
    field[1].env = {"LD_LIBRARY_PATH": str(blocked)}
    if why := has_igzip(bench):
        bench.note(f"gzip by igzip is not measured: {why}")
    else:
        field.append(loans.own("apply", packed, 2, size, "dlprep, gzip by igzip"))
    wanted = [n for n in GZIP_PEERS if bench.form != "quick" or n in ("arrow_np", "polars_np_stream")]
    field += [loans.peer(n, "apply", packed, size) for n in wanted if bench.wanted(n) or n == "gz_pandas"]
    return c.Job("apply gzip", size, ROWS[size], field, c.same_matrix(bench, reference, names, ROWS[size]), needs, [reference])


def csv(bench, size):
    """The same features as CSV: dlprep against Polars, which makes the frame and writes it."""
    loans = Loans(bench)
    table, (reference, names, needs) = loans.table("s", size), loans.reference("apply", size, size)
    own = loans.own("apply", table, 2, size)
    own.output = own.output.with_suffix(".csv")
    own.command[own.command.index("-o") + 1] = own.output
    field = [own]
    for engine in ("mem", "stream"):
        out, (state, made) = bench.scratch / f"csv_polars_{engine}.csv", loans.state("polars_mem", size)
        field.append(c.Contender(f"polars_{engine}", "peer", bench.python("peers/csv_polars.py", engine, table, out, state), out,
                                 needs=[made]))

    def agrees(x):
        return subprocess.run([str(a) for a in bench.python("matrices.py", reference, names, x.output, "-", x.name, ROWS[size])]).returncode == 0
    return c.Job("apply to CSV", size, ROWS[size], field, agrees, needs, [reference])


def text(bench, size):
    """The table with 500 bytes of text in each row that no step uses; `wc -l` tells what looking at each byte costs."""
    loans = Loans(bench)
    reference, names, needs = loans.reference("apply", size, size)
    tables = {"without": loans.table("s", size), "with": loans.table("x", size)}
    field = [loans.own("apply", table, 2, size, f"{which} text") for which, table in tables.items()]
    same = c.same_matrix(bench, reference, names, ROWS[size])
    field += [c.Contender(f"wc -l, {which} text", "mark", ["/usr/bin/env", "wc", "-l", table], bench.scratch / "nothing.npy")
              for which, table in tables.items()]
    return c.Job("unused text", size, ROWS[size], field, lambda x: x.kind == "mark" or same(x), needs, [reference])
