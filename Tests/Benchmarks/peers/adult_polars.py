"""polars: texts become Enum codes inside polars, numpy scatters them."""
from adult_common import *
import polars as pl

SCHEMA = {c: pl.String if c in TEXTS + ["education"] else pl.Float64 for c in COLUMNS}


def scan(p): return pl.scan_csv(p, schema=SCHEMA, has_header=False, null_values=[" ?"]).drop("education")

def counted(d, c):
    v, k = d[c].to_list(), d["len"].to_numpy()
    if c in TEXTS: return [x if x is None else x.strip() for x in v], k
    return np.array(v), k

def coded(c, values):
    """The column as codes of levels as they stand in the file (with their space); anything else is -1."""
    return pl.col(c).cast(pl.Enum([f" {v}" for v in values]), strict=False).to_physical().cast(pl.Int32).fill_null(-1)

def yes(): return pl.col("income").str.starts_with(" >50K").cast(pl.Int8).alias("income")

def do_fit(d):
    wanted = PLAIN + CAPITAL + CATEGORIES + ["native_country"]
    found = pl.collect_all([d.lazy().group_by(c).len().sort(c) for c in wanted])
    tables = {c: counted(f, c) for c, f in zip(wanted, found)}
    v, k = tables["native_country"]
    if v[0] is None: v, k = v[1:] + [None], np.append(k[1:], k[0])
    tables["native_country"] = (v, k)
    known = [x for x in v if x is not None]
    e = d.select(coded("native_country", known), yes())
    country = e["native_country"].to_numpy()
    country = np.where(country < 0, len(known), country)
    fold = folds(0, len(d))
    st, outside = learn(tables, country, fold, e["income"].to_numpy(), len(d))
    return st, outside[country, fold]

def frame(lf, st):
    """What needs texts is done in polars: components, countries (as codes, missing apart from unseen) and the target."""
    known = [v for v in st["country"] if v]
    e = [pl.col(c) for c in PLAIN + CAPITAL + ["fnlwgt"]] + [(pl.col("sex") == " Male").cast(pl.Int8), yes()]
    e.append(pl.when(pl.col("native_country").is_null()).then(len(known)).otherwise(coded("native_country", known)).alias("native_country"))
    for c in CATEGORIES:
        kept, other, missing = st["oh"][c]
        pool, none = len(kept) if other else -1, len(kept) + other if missing else -1
        code = coded(c, kept)
        e.append(pl.when(pl.col(c).is_null()).then(none).when(code < 0).then(pool).otherwise(code).alias(c))
    return lf.select(e)

def emit(batches, st, w, encoded=None):
    start = 0
    look = np.array([e for v, e in st["country"].items() if v] + [st["country"].get("", st["prior"]), st["prior"]])
    for b in batches:
        country = look[b["native_country"].to_numpy()] if encoded is None else encoded[start:start + len(b)]    # -1: the last, unseen
        w.block(lambda c: b[c].to_numpy(), lambda c: b[c].to_numpy(), country, b["income"].to_numpy())
        start += len(b)
    w.close()

def fit_transform(i, o, s):
    d = scan(i).collect(); st, encoded = do_fit(d); json.dump(st, open(s, "w"))
    emit(frame(d.lazy(), st).collect().iter_slices(65536), st, Writer(o, st), encoded)

def fit(i, s): json.dump(do_fit(scan(i).collect())[0], open(s, "w"))

def apply(i, o, s):
    st = json.load(open(s))
    emit(frame(scan(i), st).collect_batches(chunk_size=65536, maintain_order=True, engine="streaming"), st, Writer(o, st))

if __name__ == "__main__": main(fit_transform, fit, apply)
