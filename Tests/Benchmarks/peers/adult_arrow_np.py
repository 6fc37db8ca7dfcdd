"""pyarrow.csv + numpy: texts as dictionaries, whose few levels are trimmed and looked up once per block."""
from adult_common import *
import pyarrow as pa, pyarrow.csv as pc

USED = [c for c in COLUMNS if c != "education"]


def opts():
    ty = {c: pa.dictionary(pa.int32(), pa.string()) if c in TEXTS else pa.float64() for c in USED}
    return dict(read_options=pc.ReadOptions(block_size=8 << 20, column_names=COLUMNS),
                convert_options=pc.ConvertOptions(include_columns=USED, column_types=ty, null_values=[" ?"], strings_can_be_null=True))

def levels(a): return [v.strip() for v in a.dictionary.to_pylist()]

def codes(a, n): return a.indices.fill_null(n).to_numpy(zero_copy_only=False)

def counted(t, c):
    a = t[c]
    vc = a.value_counts() if c not in TEXTS else a.unify_dictionaries().value_counts()
    v, k = vc.field("values"), vc.field("counts").to_numpy()
    if c in TEXTS:
        return [x if x is None else x.strip() for x in v.cast(pa.string()).to_pylist()], k
    v = v.to_numpy()
    order = np.argsort(v)
    return v[order], k[order]

def do_fit(t):
    tables = {c: counted(t, c) for c in PLAIN + CAPITAL + CATEGORIES + ["native_country"]}
    place = {v: i for i, v in enumerate(tables["native_country"][0])}
    n, start, parts = t.num_rows, 0, []
    for b in t.to_batches():
        look = np.array([place[v] for v in levels(b["native_country"])] + [place.get(None, -1)], np.int32)
        yes = np.array([label(v) for v in levels(b["income"])] + [0], np.int8)
        parts.append((look[codes(b["native_country"], len(look) - 1)], folds(start, b.num_rows), yes[codes(b["income"], 0)]))
        start += b.num_rows
    country, fold, y = (np.concatenate(p) for p in zip(*parts))
    st, outside = learn(tables, country, fold, y, n)
    return st, outside[country, fold]

def transform(batches, st, w, encoded=None):
    start = 0
    for b in batches:
        def one(c):
            if c == "sex": return np.array([v == "Male" for v in levels(b[c])] + [0])[codes(b[c], len(b[c].dictionary))]
            return positions(st, c, levels(b[c]))[codes(b[c], len(b[c].dictionary))]
        yes = np.array([label(v) for v in levels(b["income"])])[codes(b["income"], 0)]
        if encoded is not None: country = encoded[start:start + b.num_rows]
        else:
            a, e = b["native_country"], st["country"]
            look = np.array([e.get(v, st["prior"]) for v in levels(a)] + [e.get("", st["prior"])])
            country = look[codes(a, len(look) - 1)]
        w.block(lambda c: b[c].to_numpy(zero_copy_only=False), one, country, yes)
        start += b.num_rows
    w.close()

def fit_transform(i, o, s):
    t = pc.read_csv(i, **opts()); st, encoded = do_fit(t); json.dump(st, open(s, "w")); transform(t.to_batches(), st, Writer(o, st), encoded)

def fit(i, s): json.dump(do_fit(pc.read_csv(i, **opts()))[0], open(s, "w"))

def apply(i, o, s):
    st = json.load(open(s)); transform(pc.read_csv(i, **opts()).to_batches(), st, Writer(o, st))

if __name__ == "__main__": main(fit_transform, fit, apply)
