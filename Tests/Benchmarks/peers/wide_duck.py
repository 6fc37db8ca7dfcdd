"""duckdb SQL, the table loaded once for a fit."""
from wide_common import *
import duckdb


def con():
    c = duckdb.connect()
    c.execute("SET preserve_insertion_order=true; SET threads=2")
    return c

def src(path):
    columns = ", ".join(f"'{x}': 'DOUBLE'" for x in COLUMNS)
    return f"read_csv('{path}', header=true, auto_detect=false, delim=',', columns={{{columns}}})"

def row(c, e, T): return c.execute(f"SELECT {', '.join(e)} FROM {T}").fetchall()[0]

def do_fit(c, T):
    med = row(c, [f"median({x})" for x in COLUMNS], T)
    f = [f"coalesce({x}, {m!r}::DOUBLE)" for x, m in zip(COLUMNS, med)]
    ms = row(c, [f"avg({x})" for x in f] + [f"stddev_pop({x})" for x in f], T)
    n = len(COLUMNS)
    return [[m, u, s or 1.0] for m, u, s in zip(med, ms[:n], ms[n:])]

def transform(c, T, st, o):
    w = NpyStream(o)
    e = [f"((coalesce({x}, {m!r}::DOUBLE) - {u!r}::DOUBLE) / {s!r}::DOUBLE)::FLOAT {x}" for x, (m, u, s) in zip(COLUMNS, st)]
    for b in c.sql(f"SELECT {', '.join(e)} FROM {T}").to_arrow_reader(4096):
        X = np.empty((len(e), b.num_rows), np.float32)
        for j in range(len(e)): X[j] = b.column(j).to_numpy(zero_copy_only=False)
        w.write(X.T)
    w.close()

def load(c, i):
    c.execute(f"CREATE TABLE t AS SELECT * FROM {src(i)}")
    return "t"

def fit_transform(i, o, s):
    c = con(); T = load(c, i); st = do_fit(c, T); json.dump(st, open(s, "w")); transform(c, T, st, o)

def fit(i, s): c = con(); json.dump(do_fit(c, load(c, i)), open(s, "w"))

def apply(i, o, s): c = con(); transform(c, src(i), json.load(open(s)), o)

if __name__ == "__main__": main(fit_transform, fit, apply)
