"""polars expressions, in memory (its streaming engine is slower on 2,000 columns)."""
from wide_common import *
import polars as pl


def read(p): return pl.read_csv(p, schema={c: pl.Float64 for c in COLUMNS})

def do_fit(d):
    med = d.median().row(0)
    f = d.lazy().select(pl.col(c).fill_null(m) for c, m in zip(COLUMNS, med))
    mu, sd = pl.collect_all([f.mean(), f.std(ddof=0)])
    return [[m, u, s or 1.0] for m, u, s in zip(med, mu.row(0), sd.row(0))]

def transform(d, st, o):
    w = NpyStream(o)
    f = d.lazy().select(((pl.col(c).fill_null(m) - u) / s).cast(pl.Float32) for c, (m, u, s) in zip(COLUMNS, st)).collect()
    for a in f.iter_slices(4096): w.write(a.to_numpy(order="c"))
    w.close()

def fit_transform(i, o, s):
    d = read(i); st = do_fit(d); json.dump(st, open(s, "w")); transform(d, st, o)

def fit(i, s): json.dump(do_fit(read(i)), open(s, "w"))

def apply(i, o, s): transform(read(i), json.load(open(s)), o)

if __name__ == "__main__": main(fit_transform, fit, apply)
