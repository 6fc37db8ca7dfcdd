"""scikit-learn's own estimators in a ColumnTransformer, the table read by pyarrow into pandas categories."""
from adult_common import *
import joblib, pandas as pd, pyarrow as pa, pyarrow.csv as pc
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import PredefinedSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, StandardScaler, TargetEncoder

USED = [c for c in COLUMNS if c != "education"]


class Cap(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        self.high_ = np.quantile(X, CAP, axis=0); return self
    def transform(self, X):
        return np.minimum(X, self.high_)



def read(path):
    ty = {c: pa.dictionary(pa.int32(), pa.string()) if c in TEXTS else pa.float64() for c in USED}
    t = pc.read_csv(path, read_options=pc.ReadOptions(block_size=8 << 20, column_names=COLUMNS),
                    convert_options=pc.ConvertOptions(include_columns=USED, column_types=ty, null_values=[" ?"], strings_can_be_null=True))
    d = t.to_pandas(split_blocks=True, self_destruct=True)
    for c in TEXTS: d[c] = d[c].cat.rename_categories(str.strip)
    return d, d["income"].cat.rename_categories(lambda v: v.rstrip(".")).eq(">50K").to_numpy().astype(np.int64)


def make(n):
    """The cross fitting needs the folds of the rows, so they are part of the recipe."""
    return ColumnTransformer([
        ("plain", StandardScaler(), PLAIN),
        ("capital", make_pipeline(Cap(), StandardScaler()), CAPITAL),
        ("country", make_pipeline(TargetEncoder(cv=PredefinedSplit(folds(0, n))), StandardScaler()), ["native_country"]),
        ("group", KBinsDiscretizer(4, encode="ordinal", strategy="kmeans", subsample=None), ["capital_gain"]),
        ("sex", OneHotEncoder(drop="if_binary", sparse_output=False, dtype=np.float32), ["sex"]),
        ("oh", OneHotEncoder(min_frequency=RARE, handle_unknown="infrequent_if_exist", sparse_output=False, dtype=np.float32), CATEGORIES),
    ], sparse_threshold=0)


def feature_names(ct):
    found = PLAIN + CAPITAL + ["native_country", "capital_gain_group", "sex=Male"]
    for c, name in ((c, n) for n in ct.named_transformers_["oh"].get_feature_names_out() for c in CATEGORIES if n.startswith(c + "_")):
        value = name[len(c) + 1:]
        found.append(f"{c}=" + {"nan": "missing", "infrequent_sklearn": "other"}.get(value, value))
    return found


def save(ct, X, y, o):
    w = Npy(o, feature_names(ct)); w.write(X); w.close()
    np.save(o.removesuffix(".npy") + ".target.npy", y)

def fit_transform(i, o, s):
    d, y = read(i); ct = make(len(d)); X = ct.fit_transform(d, y); joblib.dump(ct, s); save(ct, X, y, o)

def fit(i, s):
    d, y = read(i); ct = make(len(d)); ct.fit(d, y); joblib.dump(ct, s)

def apply(i, o, s):
    ct = joblib.load(s); d, y = read(i); save(ct, ct.transform(d), y, o)

if __name__ == "__main__":
    import adult_sklearn as m             # pickles must name this module, not __main__
    main(m.fit_transform, m.fit, m.apply)
