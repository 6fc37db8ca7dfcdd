"""duckdb SQL. PEER_TABLE=1: load the CSV once into an in-memory table (default); 0: scan the CSV again for every pass."""
from common import *
import os, duckdb
TABLE = os.environ.get("PEER_TABLE", "1") == "1"; LIM = os.environ.get("PEER_MEM")

def con():
    c = duckdb.connect(); c.execute("SET preserve_insertion_order=true; SET threads=2")
    if LIM: c.execute(f"SET memory_limit='{LIM}'; SET temp_directory='/tmp/ducktmp'")
    return c

def src(path):
    ty = {c: "VARCHAR" for c in ALL} | {c: "DOUBLE" for c in NUM} | {"id": "BIGINT", "target": "TINYINT", "issue_date": "DATE"}
    return (f"read_csv('{path}', header=true, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr=['','NA','?'], "
            f"columns={json.dumps(ty).replace(chr(34), chr(39))})")

def q1(c, sql): r = c.execute(sql); return dict(zip([d[0] for d in r.description], r.fetchone()))

def do_fit(c, T):
    med = q1(c, "SELECT " + ", ".join(f"quantile_cont({x}, 0.5) {x}" for x in NUM) + f" FROM {T}")
    f = {x: f"coalesce({x}, {med[x]!r}::DOUBLE)" for x in NUM}
    qs = q1(c, "SELECT " + ", ".join(f"quantile_cont({f[x]}, [0.01, 0.99]) {x}" for x in NUM) + f" FROM {T}")
    cl = {x: f"least(greatest({f[x]}, {qs[x][0]!r}::DOUBLE), {qs[x][1]!r}::DOUBLE)" for x in NUM}
    ms = q1(c, "SELECT " + ", ".join(f"avg({cl[x]}) {x}_u, stddev_pop({cl[x]}) {x}_s" for x in NUM) + f" FROM {T}")
    st = {"num": {x: [med[x], qs[x][0], qs[x][1], ms[x + "_u"], ms[x + "_s"] or 1.0] for x in NUM}, "oh": {}}
    for k in OH + ["city", "employer"]:
        r = c.execute(f"SELECT {k}, count(*) FROM {T} WHERE {k} IS NOT NULL GROUP BY 1 ORDER BY 1").fetchall()
        v, n = [a for a, _ in r], [b for _, b in r]
        if k == "city": st["city"] = v
        elif k == "employer": t = sum(n); st["emp"] = [v, [x / t for x in n]]
        else: st["oh"][k] = [v, v[n.index(max(n))]]
    return st

def do_apply(c, T, st, o):
    # city and employer come out as strings and are looked up in Arrow. Not by LEFT JOIN: in duckdb 2.0 a parallel hash join does not keep
    # the row order of the CSV (blocks come out permuted, whatever preserve_insertion_order and the join optimisers say), and the matrix
    # must stay aligned with the file. Not by TRY_CAST to an ENUM: a value outside a 45k-member ENUM costs 3.6 ms (908 of them: 3.3 s).
    import pyarrow as pa, pyarrow.compute as pc
    look = {20: (pa.array(st["city"]), np.append(np.arange(len(st["city"])), -1).astype(np.float32)),
            21: (pa.array(st["emp"][0]), np.append(np.array(st["emp"][1]), 0).astype(np.float32))}
    e = []
    for x in NUM:
        m, l, h, u, s = st["num"][x]
        e.append(f"((least(greatest(coalesce({x}, {m!r}::DOUBLE), {l!r}::DOUBLE), {h!r}::DOUBLE) - {u!r}::DOUBLE) / {s!r}::DOUBLE)::FLOAT {x}")
    e += [f"({x} IS NULL)::FLOAT {x}_na" for x in NUM_M]
    e += ["year(issue_date)::FLOAT y", "month(issue_date)::FLOAT mo", "isodow(issue_date)::FLOAT dw",
          "city", "employer"]
    for k in OH:
        cats, mode = st["oh"][k]
        e += [f"(coalesce({k}, '{mode}') = '{v}')::FLOAT \"{k}={v}\"" for v in cats]
    sql = f"SELECT {', '.join(e)} FROM {T}"
    w = NpyStream(o)
    for b in c.sql(sql).to_arrow_reader(65536):
        X = np.empty((b.num_rows, len(e)), np.float32)
        for j in range(len(e)):
            v = b.column(j)
            if j in look: keys, lut = look[j]; v = lut[pc.index_in(v, value_set=keys).fill_null(len(keys)).to_numpy(zero_copy_only=False)]
            else: v = v.to_numpy(zero_copy_only=False)
            X[:, j] = v
        w.write(X)
    w.close()

def load(c, i):
    if not TABLE: return src(i)
    c.execute(f"CREATE TABLE t AS SELECT {', '.join(USED)} FROM {src(i)}"); return "t"

def fit_transform(i, o, s):
    c = con(); T = load(c, i); st = do_fit(c, T); json.dump(st, open(s, "w")); do_apply(c, T, st, o)

def fit(i, s):
    c = con(); json.dump(do_fit(c, load(c, i)), open(s, "w"))

def apply(i, o, s): c = con(); do_apply(c, src(i), json.load(open(s)), o)

if __name__ == "__main__": main(fit_transform, fit, apply)
