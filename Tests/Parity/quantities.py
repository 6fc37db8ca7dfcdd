"""Cases for stages that work on numbers: imputation, scaling, outliers, bins."""
import numpy as np
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.preprocessing import KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler
from threadpoolctl import threadpool_limits

from case import Case

DIFFERENCES = [
    ("outliers", "The limits are feature-engine's formulas, in numpy. Where a column has no spread, feature-engine raises an error; here "
     "the column is left alone, with a warning."),
    ("bin", "Where scikit-learn's k-means edges change with the order of the rows or the number of threads (a number in the middle of two "
     "centers goes where rounding pushes it), there is nothing to compare with: such a column is left out of that case, with a note."),
    ("bin", "scikit-learn's discretizer refuses missing values. Here they stay missing, and the edges come from what is there."),
]

MAD = 0.67449                           # what feature-engine takes for the 75 % quantile of the normal distribution


def columnwise(columns, function):
    """Applies function(train values, values, column) -> {name: values} to each column."""
    def expect(train, rows, training):
        made = {}
        for c in columns:
            made |= function(train.number(c), rows.number(c), c)
        return made
    return expect


def fitted(columns, estimator):
    """What an estimator of scikit-learn that keeps its columns makes of them."""
    def expect(train, rows, training):
        made = estimator.fit(train.numbers(columns)).transform(rows.numbers(columns))
        return dict(zip(columns, made.T, strict=True))
    return expect


def imputation(data):
    n = data.numeric
    for strategy, theirs in [("mean", "mean"), ("median", "median"), ("mode", "most_frequent")]:
        yield Case(f"impute {strategy}", [{"impute": {"columns": n, "strategy": strategy}}], n,
                   fitted(n, SimpleImputer(strategy=theirs, keep_empty_features=True)),
                   learned=lambda train, s=theirs: {
                       c: {"number": v} for c, v in zip(n, SimpleImputer(strategy=s).fit(train.numbers(n)).statistics_)
                       if np.isnan(train.number(c)).any()})
    yield Case("impute constant", [{"impute": {"columns": n, "strategy": "constant", "value": -7}}], n,
               fitted(n, SimpleImputer(strategy="constant", fill_value=-7)))
    for strategy, pick in [("min", np.nanmin), ("max", np.nanmax)]:
        yield Case(f"impute {strategy}", [{"impute": {"columns": n, "strategy": strategy}}], n,
                   columnwise(n, lambda t, x, c, p=pick: {c: np.where(np.isnan(x), p(t), x)}))

    def indicators(train, rows, training):
        theirs = MissingIndicator(features="missing-only", error_on_new=False).fit(train.numbers(n))
        flags = theirs.transform(rows.numbers(n))
        return {f"{n[i]}_missing": flags[:, k].astype(float) for k, i in enumerate(theirs.features_)}

    def after(values):
        """Each column, and right behind it its indicator where it has one."""
        def expect(train, rows, training):
            flags, made = indicators(train, rows, training), values(train, rows, training)
            return {k: v for c in n for k, v in [(c, made[c])] + [(f, flags[f]) for f in [f"{c}_missing"] if f in flags]}
        return expect

    yield Case("missing_indicator", [{"missing_indicator": {"columns": n}}], n,
               after(lambda train, rows, training: {c: rows.number(c) for c in n}), exact=True)
    yield Case("impute with indicator", [{"impute": {"columns": n, "strategy": "median", "indicator": True}}], n,
               after(fitted(n, SimpleImputer(strategy="median"))))


def scaling(data):
    n = data.numeric
    case = lambda label, stage, options, estimator, learned=None, **more: Case(
        label, [{stage: {"columns": n} | options}], n, fitted(n, estimator), learned=learned, **more)

    def scaler(names, make):
        def learned(train):
            e = make().fit(train.numbers(n))
            return {c: {ours: np.broadcast_to(getattr(e, theirs), len(n))[i] for ours, theirs in names.items()}
                    for i, c in enumerate(n)}
        return learned

    yield case("standardize", "standardize", {}, StandardScaler(), scaler({"mean": "mean_", "scale": "scale_"}, StandardScaler))
    yield case("standardize, not centred", "standardize", {"center": False}, StandardScaler(with_mean=False))
    yield case("standardize, not scaled", "standardize", {"scale": False}, StandardScaler(with_std=False), scaled=False)

    def sample(t, x, c):
        spread = np.nanstd(t, ddof=1)
        return {c: (x - np.nanmean(t)) / (spread if spread > 0 else 1)}
    yield Case("standardize, ddof 1", [{"standardize": {"columns": n, "ddof": 1}}], n, columnwise(n, sample))
    yield case("minmax_scale", "minmax_scale", {}, MinMaxScaler(), scaler({"scale": "scale_", "offset": "min_"}, MinMaxScaler))
    yield case("minmax_scale to [-1, 3], clipped", "minmax_scale", {"range": [-1, 3], "clip": True}, MinMaxScaler((-1, 3), clip=True))
    yield case("maxabs_scale", "maxabs_scale", {}, MaxAbsScaler(), scaler({"": "scale_"}, MaxAbsScaler))
    yield case("robust_scale", "robust_scale", {}, RobustScaler(), scaler({"center": "center_", "scale": "scale_"}, RobustScaler))
    yield case("robust_scale, 5 % to 90 %, unit variance", "robust_scale", {"quantiles": [0.05, 0.9], "unit_variance": True},
               RobustScaler(quantile_range=(5, 90), unit_variance=True))


def limits(method, factor, t):
    """The limits of feature-engine 1.9; none where there is no spread."""
    t = t[~np.isnan(t)]
    if method == "iqr":
        q1, q3 = np.quantile(t, [0.25, 0.75])
        low, high, spread = q1 - factor * (q3 - q1), q3 + factor * (q3 - q1), q3 - q1
    elif method == "zscore":
        spread = t.std()
        low, high = t.mean() - factor * spread, t.mean() + factor * spread
    elif method == "mad":
        center = np.median(t)
        spread = np.median(np.abs(t - center)) / MAD
        low, high = center - factor * spread, center + factor * spread
    else:
        low, high = np.quantile(t, [factor, 1 - factor])
        spread = high - low
    return (low, high) if spread > 0 else (-np.inf, np.inf)


def outliers(data):
    n = data.numeric
    usual = {"iqr": 1.5, "zscore": 3, "mad": 3.29, "quantile": 0.05}

    def case(label, options, method, factor, tail, action):
        def one(t, x, c):
            low, high = limits(method, factor, t)
            low, high = (-np.inf if tail == "right" else low), (np.inf if tail == "left" else high)
            out = (x < low) | (x > high)
            made = {"cap": np.clip(x, low, high), "null": np.where(out, np.nan, x), "flag": x}[action]
            flagged = action == "flag" or options.get("indicator")
            return {c: made} | ({f"{c}_outlier": out.astype(float)} if flagged else {})
        return Case(label, [{"outliers": {"columns": n} | options}], n, columnwise(n, one))

    yield case("outliers, all defaults", {}, "iqr", 1.5, "both", "cap")
    for method, factor in usual.items():
        for action in ["cap", "null", "flag"]:
            yield case(f"outliers {method} {action}", {"method": method, "action": action}, method, factor, "both", action)
    yield case("outliers iqr left", {"tail": "left", "factor": 0.5}, "iqr", 0.5, "left", "cap")
    yield case("outliers zscore right with indicator", {"method": "zscore", "tail": "right", "factor": 1.25, "indicator": True},
               "zscore", 1.25, "right", "cap")
    yield Case("clip", [{"clip": {"columns": n, "min": -3.5, "max": 1000}}], n,
               columnwise(n, lambda t, x, c: {c: np.clip(x, -3.5, 1000)}), exact=True)


def is_steady(data, c, count, edges, t):
    """Whether scikit-learn's own k-means edges of some rows stay the same for another order of them, and for two threads.

    A number in the middle of two centers goes where the rounding of a sum pushes it, and that sum depends on both.
    """
    every, found = np.arange(len(t)), []
    shuffled = np.random.RandomState(0).permutation(len(t))
    for rows, threads in [(every, 1), (every[::-1], 1), (np.argsort(t, kind="stable"), 1), (shuffled, 1), (every, 2)]:
        with threadpool_limits(threads, user_api="openmp"):
            found.append(edges(rows))
    same = all(len(e) == len(found[0]) and np.allclose(e, found[0], rtol=1e-12, atol=0) for e in found)
    if not same:
        print(f"  note: {data.name}: k-means with {count} bins leaves out {c}: scikit-learn's edges depend on the order of "
              "rows, or on the number of threads")
    return same


def bins(data):
    # k-means and quantiles need more distinct values than bins, as scikit-learn says itself.
    n = [c for c in data.numeric if len(set(data.train.cells[c]) - {None}) > 12]

    def theirs(t, method, bins, encode="ordinal"):
        kwargs = {"quantile_method": "averaged_inverted_cdf"} if method == "quantile" else {}
        return KBinsDiscretizer(bins, encode=encode, strategy=method, subsample=None, **kwargs).fit(t[~np.isnan(t)].reshape(-1, 1))

    def stable(c, count):
        t = data.train.number(c)
        return is_steady(data, c, count, lambda rows: theirs(t[rows], "kmeans", count).bin_edges_[0], t)

    def codes(method, count):
        def one(t, x, c):
            made, seen = np.full(len(x), np.nan), ~np.isnan(x)
            made[seen] = theirs(t, method, count).transform(x[seen].reshape(-1, 1))[:, 0]
            return {c: made}
        return one

    def edges(train, columns, method, count):
        return {c: {"edges": theirs(train.number(c), method, count).bin_edges_[0]} for c in columns}

    for method in ["quantile", "uniform", "kmeans"]:
        for count in [5, 12]:
            some = [c for c in n if method != "kmeans" or stable(c, count)]
            if not some:
                continue
            yield Case(f"bin {method} {count}", [{"bin": {"columns": some, "method": method, "bins": count}}], some,
                       columnwise(some, codes(method, count)), exact=True,
                       learned=lambda train, s=some, m=method, k=count: edges(train, s, m, k))
    cuts = [-10, 0, 5, 40, 1000]
    yield Case("bin edges", [{"bin": {"columns": n, "method": "edges", "edges": cuts}}], n, columnwise(n, lambda t, x, c: {
        c: np.where(np.isnan(x), np.nan, np.searchsorted(cuts[1:-1], x, side="right"))}), exact=True)

    whole = [c for c in n if not np.isnan(data.all.number(c)).any()]

    def one_hot(t, x, c):
        made = theirs(t, "quantile", 5, "onehot-dense").transform(x.reshape(-1, 1))
        return {f"{c}={k}": made[:, k] for k in range(made.shape[1])}
    if whole:
        yield Case("bin to one-hot", [{"bin": {"columns": whole, "output": "one_hot"}}], whole, columnwise(whole, one_hot),
                   exact=True, positions=True)


def cases(data):
    if data.numeric:
        for group in [imputation, scaling, outliers, bins]:
            yield from group(data)
