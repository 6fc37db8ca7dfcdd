"""scikit-learn's SimpleImputer and StandardScaler on a table that pyarrow reads."""
from wide_common import *
import joblib, pyarrow as pa, pyarrow.csv as pc
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def read(path):
    t = pc.read_csv(path, read_options=pc.ReadOptions(block_size=16 << 20),
                    convert_options=pc.ConvertOptions(column_types={c: pa.float64() for c in COLUMNS}))
    return t.to_pandas().to_numpy()

def make(): return make_pipeline(SimpleImputer(strategy="median", copy=False), StandardScaler(copy=False))

def save(X, o):
    w = NpyStream(o); w.write(X); w.close()

def fit_transform(i, o, s): p = make(); X = p.fit_transform(read(i)); joblib.dump(p, s); save(X, o)

def fit(i, s): p = make(); p.fit(read(i)); joblib.dump(p, s)

def apply(i, o, s): save(joblib.load(s).transform(read(i)), o)

if __name__ == "__main__": main(fit_transform, fit, apply)
