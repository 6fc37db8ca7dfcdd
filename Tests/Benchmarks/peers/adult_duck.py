"""duckdb SQL for reading and counting; numpy looks levels up, block by block (see duck.py for why not SQL)."""
from adult_common import *
import duckdb, pyarrow as pa

USED = [c for c in COLUMNS if c != "education"]


def con():
    c = duckdb.connect()
    c.execute("SET preserve_insertion_order=true; SET threads=2")
    return c

def src(path):
    ty = ", ".join(f"'{c}': '{'VARCHAR' if c in TEXTS + ['education'] else 'DOUBLE'}'" for c in COLUMNS)
    return f"read_csv('{path}', header=false, auto_detect=false, delim=',', nullstr=' ?', columns={{{ty}}})"

def counted(c, T, x):
    r = c.execute(f"SELECT {x}, count(*) FROM {T} GROUP BY 1 ORDER BY 1 NULLS LAST").fetchall()
    v, k = [a for a, _ in r], np.array([b for _, b in r])
    return ([a if a is None else a.strip() for a in v] if x in TEXTS else np.array(v)), k

def codes(b, c):
    """The levels of a block's column, trimmed, and each row's code; missing is one more than the last."""
    a = b.column(c).dictionary_encode()
    return [v.strip() for v in a.dictionary.to_pylist()], a.indices.fill_null(len(a.dictionary)).to_numpy(zero_copy_only=False)

def looked(b, c, value, missing):
    levels, code = codes(b, c)
    return np.array([value(v) for v in levels] + [missing])[code]

def do_fit(c, T):
    tables = {x: counted(c, T, x) for x in PLAIN + CAPITAL + CATEGORIES + ["native_country"]}
    place = {v: i for i, v in enumerate(tables["native_country"][0])}
    parts = []
    for b in c.sql(f"SELECT native_country, income FROM {T}").to_arrow_reader(65536):
        parts.append((looked(b, "native_country", place.__getitem__, place.get(None, -1)), looked(b, "income", label, 0)))
    country, y = (np.concatenate(p) for p in zip(*parts))
    fold = folds(0, len(y))
    st, outside = learn(tables, country, fold, y, len(y))
    return st, outside[country, fold]

def transform(c, T, st, o, encoded=None):
    w, start = Writer(o, st), 0
    for b in c.sql(f"SELECT {', '.join(USED)} FROM {T}").to_arrow_reader(65536):
        def one(x):
            if x == "sex": return looked(b, x, lambda v: v == "Male", False)
            levels, code = codes(b, x)
            return positions(st, x, levels)[code]
        e = st["country"]
        country = (looked(b, "native_country", lambda v: e.get(v, st["prior"]), e.get("", st["prior"])) if encoded is None
                   else encoded[start:start + b.num_rows])
        w.block(lambda x: b.column(x).to_numpy(zero_copy_only=False), one, country, looked(b, "income", label, 0))
        start += b.num_rows
    w.close()

def load(c, i):
    c.execute(f"CREATE TABLE t AS SELECT {', '.join(USED)} FROM {src(i)}")
    return "t"

def fit_transform(i, o, s):
    c = con(); T = load(c, i); st, encoded = do_fit(c, T); json.dump(st, open(s, "w")); transform(c, T, st, o, encoded)

def fit(i, s): c = con(); json.dump(do_fit(c, load(c, i))[0], open(s, "w"))

def apply(i, o, s): c = con(); transform(c, src(i), json.load(open(s)), o)

if __name__ == "__main__": main(fit_transform, fit, apply)
