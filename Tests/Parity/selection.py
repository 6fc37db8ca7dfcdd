"""Cases for stages that choose among columns or turn them together, for scalers by group, and for row weights."""
import struct
import numpy as np
import pandas as pd
import xxhash
from scipy.special import ndtri
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest, chi2, f_classif, f_regression, mutual_info_classif, mutual_info_regression
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, RobustScaler, SplineTransformer, StandardScaler

from case import Case
from quantities import columnwise, is_steady

MOST_ROWS = 40_000                     # scikit-learn's nearest neighbours take minutes beyond

DIFFERENCES = [
    ("select_k_best", "`mutual_info` takes ties apart by noise from a hash; scikit-learn draws its own, so it is given that noise. It "
     "lies near the last digits: a neighbour more or less may be counted, and scores may differ by 1e-3. Flags and the components of "
     "vectors are classes there, and tables of more than 40 000 rows are left out of that score."),
    ("select_k_best", "`f_regression` is given columns without their means: scikit-learn takes means off sums of squares, which costs "
     "digits where a column is far from 0."),
    ("pca", "Compared with `svd_solver=\"full\"`, to 1e-8: scikit-learn's default squares numbers before it takes their means away."),
    ("standardize, impute, bin, spline", "A column of role weight is scikit-learn's `sample_weight`; the mean of `impute` is numpy's "
     "weighted one, as scikit-learn's has no weights."),
]


def filled(columns):
    """A step that leaves no value missing, and what scikit-learn's imputer makes of the same columns."""
    step = {"impute": {"columns": columns, "strategy": "mean"}}
    return step, lambda train, rows: SimpleImputer().fit(train.numbers(columns)).transform(rows.numbers(columns))


def same(columns, matrix):
    return dict(zip(columns, matrix.T, strict=True))


def correlated(data):
    """recipes' `corr_filter`, line by line, on the correlations of pandas."""
    n = data.numeric

    def dropped(train, threshold, method):
        r = pd.DataFrame(train.numbers(n), columns=n).corr(method).abs().to_numpy()
        if np.isnan(r).any():
            if np.isnan(r).all(axis=0).sum() >= len(n) - 1:
                return []
            r = np.nan_to_num(r)
            np.fill_diagonal(r, 1)
        means = [float(f"{v:.15g}") for v in r.mean(axis=0)]
        pairs = [(i, j) for j in range(len(n)) for i in range(j) if r[i, j] > threshold]
        return [n[k] for k in {j if means[j] > means[i] else i for i, j in pairs}]

    for method, threshold in [("pearson", 0.9), ("pearson", 0.5), ("pearson", 0.2), ("spearman", 0.9), ("spearman", 0.3)]:
        def expect(train, rows, training, method=method, threshold=threshold):
            gone = dropped(train, threshold, method)
            return {c: rows.number(c) for c in n if c not in gone}
        if len(n) > 1 and len(dropped(data.train, threshold, method)) < len(n):
            yield Case(f"drop_correlated {method} {threshold}", [{"drop_correlated": {"columns": n, "threshold": threshold, "method": method}}],
                       n, expect, exact=True)


def components(data):
    """Eigenvectors are only as sure as their eigenvalues are apart, so 1e-8; full SVD, which squares nothing."""
    n = data.numeric
    if len(n) < 3:
        return
    impute, fill = filled(n)
    for options, whiten, standardized in [(0.95, False, True), (2, False, True), (2, True, True), (0.6, True, True), (0.9, False, False)]:
        def expect(train, rows, training, options=options, whiten=whiten, standardized=standardized):
            pca = PCA(options, whiten=whiten, svd_solver="full")
            theirs = make_pipeline(StandardScaler(), pca) if standardized else pca
            made = theirs.fit(fill(train, train)).transform(fill(train, rows))
            return {f"pc{i + 1}": made[:, i] for i in range(made.shape[1])}
        steps = [impute] + ([{"standardize": {"columns": n}}] if standardized else [])
        label = f"pca {options}{' whitened' if whiten else ''}{'' if standardized else ', not standardized'}"
        yield Case(label, steps + [{"pca": {"columns": n, "components": options, "whiten": whiten}}], n, expect, tolerance=1e-8)


class Noise(np.random.RandomState):
    """dlprep's noise: a hash of the row's position and the column's name, in the order in which scikit-learn asks."""

    def __init__(self, names, target):
        super().__init__(0)
        self.names, self.target = names, target

    def standard_normal(self, size=None):
        def column(name, rows):
            seed = xxhash.xxh64_intdigest(name.encode())
            h = [xxhash.xxh64_intdigest(struct.pack("<Q", i), seed) for i in range(rows)]
            return ndtri((np.array([v >> 11 for v in h], dtype=float) + 0.5) * 2.0 ** -53)
        if isinstance(size, tuple):
            return np.column_stack([column(name, size[0]) for name in self.names])
        return column(self.target, size)


def best(data):
    """SelectKBest on filled columns: what stays, and every score."""
    n = data.numeric
    for target, kind in data.targets.items():
        def classes(table):
            return table.text(target) if kind != "float" and kind != "integer" else table.number(target)
        if any(c is None for c in data.all.cells[target]) or len(n) < 2:
            continue
        number = kind in ("float", "integer")
        small = data.train.rows <= MOST_ROWS
        mutual = mutual_info_regression if number else mutual_info_classif
        noisy = lambda x, y, f=mutual, t=target: f(x, y, random_state=Noise(n, t))
        scores = [("f_regression", f_regression)] if number else [("f_classif", f_classif), ("chi2", chi2)]
        for name, function in scores + ([("mutual_info", noisy)] if small else []):
            impute, fill = filled(n)
            if name == "chi2" and (data.all.numbers(n) < 0).any():
                continue
            x = fill(data.train, data.train)
            # scikit-learn takes means off sums of squares: of years it leaves half of the digits.
            found = function(x - x.mean(axis=0) if name == "f_regression" else x, classes(data.train))
            found = np.asarray(found[0] if isinstance(found, tuple) else found)
            ranked = np.sort(np.nan_to_num(found, nan=-1))
            for k in {1, len(n) // 2, len(n) - 1}:
                # Where the last that stays and the first that goes have the same score but for rounding, there is no answer.
                if ranked[-k] - ranked[-k - 1] <= 1e-3 * abs(ranked[-k]):
                    continue
                kept = SelectKBest(lambda x, y, f=found: f, k=k).fit(fill(data.train, data.train), classes(data.train)).get_support()

                def expect(train, rows, training, kept=kept, fill=fill):
                    return {c: v for (c, v), stays in zip(same(n, fill(train, rows)).items(), kept) if stays}
                # Ties are parted by noise near the last digits, so that a neighbour more or less may be counted.
                yield Case(f"select_k_best {name} {k}", [impute, {"select_k_best": {"columns": n, "k": k, "score": name}}], n, expect,
                           target=target, tolerance=1e-3 if name == "mutual_info" else 1e-9,
                           learned=lambda train, found=found: {"learned": {"scores": found}})


def grouped(data):
    """Each scaler of scikit-learn, fitted group by group; groups without values and unseen ones go by all rows."""
    n = data.numeric[:6]
    levels = {c: len(set(data.train.cells[c])) for c in data.categories}
    keys = [c for c, count in levels.items() if 2 <= count <= 20][:2]
    for keys in [[k] for k in keys] + ([keys] if len(keys) == 2 else []):
        for stage, options, make in [("standardize", {}, StandardScaler), ("minmax_scale", {"range": [-1, 2]}, lambda: MinMaxScaler((-1, 2))),
                                     ("maxabs_scale", {}, MaxAbsScaler), ("robust_scale", {}, RobustScaler)]:
            def one(train, rows, training, make=make, keys=keys):
                group = lambda t: np.array(list(zip(*[[v or "\0" for v in t.cells[k]] for k in keys])))
                known, asked = group(train), group(rows)
                made = {}
                for c in n:
                    t, x = train.number(c), rows.number(c)
                    result = make().fit(t.reshape(-1, 1)).transform(x.reshape(-1, 1))[:, 0]
                    for key in {tuple(k) for k in known}:
                        own = t[(known == key).all(axis=1)]
                        at = (asked == key).all(axis=1)
                        if at.any() and not np.isnan(own).all():
                            result[at] = make().fit(own.reshape(-1, 1)).transform(x[at].reshape(-1, 1))[:, 0]
                    made[c] = result
                return made
            # Within a group the mean may be far larger than the spread.
            yield Case(f"{stage} by {len(keys)}", [{stage: {"columns": n, "by": keys} | options}, {"drop": {"columns": keys}}], n + keys, one,
                       tolerance=1e-9)


def weighted(data):
    """The column of folds, 0 to 4, as weights."""
    n, roles = data.numeric, {"fold": "weight"}

    def case(label, steps, make, names=lambda c, made: {c: made[:, 0]}, columns=n, **more):
        def expect(train, rows, training):
            result, w = {}, train.number("fold")
            for c in columns:
                t, x = train.number(c), rows.number(c)
                seen, known = ~np.isnan(t), ~np.isnan(x)
                theirs = make().fit(t[seen].reshape(-1, 1), sample_weight=w[seen])
                part = theirs.transform(x[known].reshape(-1, 1))
                made = np.full((len(x), part.shape[1]), more.get("absent", np.nan))
                made[known] = part
                result |= names(c, made)
            return result
        return Case(f"weights: {label}", steps, columns, expect, roles=roles, exact=more.get("exact", False))

    yield case("standardize", [{"standardize": {"columns": n}}], StandardScaler)
    weight = lambda t: t.number("fold")

    def mean(train, rows, training):
        made = {}
        for c in n:
            t, x, seen = train.number(c), rows.number(c), ~np.isnan(train.number(c))
            made[c] = np.where(np.isnan(x), np.average(t[seen], weights=weight(train)[seen]), x)
        return made
    yield Case("weights: impute mean", [{"impute": {"columns": n, "strategy": "mean"}}], n, mean, roles=roles)

    def binned(method):
        return KBinsDiscretizer(5, encode="ordinal", strategy=method, subsample=None, quantile_method="averaged_inverted_cdf")

    def steady(c):
        t, w = data.train.number(c), weight(data.train)
        t, w = t[~np.isnan(t)].reshape(-1, 1), w[~np.isnan(t)]
        return len(np.unique(t)) > 50 and is_steady(
            data, c, 5, lambda rows: binned("kmeans").fit(t[rows], sample_weight=w[rows]).bin_edges_[0], t[:, 0])

    for method in ["quantile", "uniform", "kmeans"]:
        make = lambda m=method: binned(m)
        columns = [c for c in n if method != "kmeans" or steady(c)]
        if columns:
            yield case(f"bin {method}", [{"bin": {"columns": columns, "method": method}}], make, columns=columns, exact=True)
    for placement in ["uniform", "quantile"]:
        yield case(f"spline {placement}", [{"spline": {"columns": n, "placement": placement}}],
                   lambda p=placement: SplineTransformer(knots=p, handle_missing="zeros"),
                   names=lambda c, made: {f"{c}_sp_{i}": made[:, i] for i in range(made.shape[1])}, absent=0.0)


def cases(data):
    for group in [correlated, components, best, grouped, weighted]:
        yield from group(data)
