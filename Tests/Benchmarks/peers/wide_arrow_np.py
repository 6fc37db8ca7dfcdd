"""pyarrow.csv + numpy: columns on two threads for the fit, blocks of rows for the transform."""
from wide_common import *
import pyarrow as pa, pyarrow.csv as pc
from concurrent.futures import ThreadPoolExecutor


def opts():
    return dict(read_options=pc.ReadOptions(block_size=16 << 20),
                convert_options=pc.ConvertOptions(column_types={c: pa.float64() for c in COLUMNS}))


def stats(col):
    x = col.to_numpy()
    m = np.isnan(x)
    med = float(np.median(x[~m]))
    x = np.where(m, med, x)
    return [med, float(x.mean()), float(x.std()) or 1.0]


def do_fit(t):
    with ThreadPoolExecutor(2) as ex:
        return list(ex.map(stats, t.columns))


def block(b, st):
    x = np.empty((len(COLUMNS), b.num_rows))
    for j, c in enumerate(b.columns):
        x[j] = c.to_numpy(zero_copy_only=False)
    med, mu, sd = (st[:, k:k + 1] for k in range(3))
    np.copyto(x, med, where=np.isnan(x))
    x -= mu
    x /= sd
    return x.T.astype(np.float32, order="C")


def transform(t, st, w):
    st = np.array(st)
    with ThreadPoolExecutor(2) as ex:
        for x in ex.map(lambda b: block(b, st), t.to_batches(max_chunksize=1024)):
            w.write(x)
    w.close()


def fit_transform(i, o, s):
    t = pc.read_csv(i, **opts()); st = do_fit(t); json.dump(st, open(s, "w")); transform(t, st, NpyStream(o))

def fit(i, s): json.dump(do_fit(pc.read_csv(i, **opts())), open(s, "w"))

def apply(i, o, s): transform(pc.read_csv(i, **opts()), json.load(open(s)), NpyStream(o))

if __name__ == "__main__": main(fit_transform, fit, apply)
