"""Cases for stages that look at the nearest rows, regress columns on each other, or go by groups."""
import warnings
import gower
import numpy as np
import pandas as pd
import xxhash
from imblearn.over_sampling import SMOTE
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer

from case import Case
from quantities import limits

DIFFERENCES = [
    ("impute_knn", "Of equally near donors those that come first count; scikit-learn takes any. Where the last neighbour and the next "
     "are as near to 1e-6, or one lies at the very place of the row and counts alone, the expectation goes by numpy's differences; "
     "elsewhere scikit-learn's value must be the same to 1e-6."),
    ("impute_knn with gower", "Ranges are those of the training rows; R's gower takes those of the served rows as well. Columns that "
     "either row lacks don't count."),
    ("impute_iterative", "A row never depends on others: scikit-learn leaves a served table without any value at the means."),
    ("smote", "Neighbours and shares are drawn by a hash of each row's number, and rows are repeated equally often; the expectation hands "
     "these draws to imbalanced-learn.."),
]
ROWS = 12_000                        # the larger tables would take minutes in scikit-learn


def emptied(columns):
    """A step that makes far numbers missing, so that there is something to impute in every table, and what it does."""
    def values(train, rows):
        made = []
        for c in columns:
            low, high = limits("iqr", 1.5, train.number(c))
            x = rows.number(c)
            made.append(np.where((x < low) | (x > high), np.nan, x))
        return np.column_stack(made)
    return {"outliers": {"columns": columns, "action": "null"}}, values


def numbers(data, most):
    """Columns with most missing values, then others, but none with a single value."""
    able = [c for c in data.numeric if len(set(data.train.cells[c]) - {None}) > 2]
    some = sorted(able, key=lambda c: -sum(v is None for v in data.train.cells[c]))[:most]
    return [c for c in data.numeric if c in some]


def nearest(donors, row, column, distance, count):
    """The donors of a column in the order of distance, and whether it is clear which are the nearest."""
    able = np.flatnonzero(~np.isnan(donors[:, column]) & ~np.isnan(distance))
    # Before the root, which makes equal what differs in the last digit.
    order = able[np.argsort(squares(row, donors)[able], kind="stable")]
    if len(order) <= count:
        return order, True
    last, next = distance[order[count - 1]], distance[order[count]]
    return order[:count], next > last * (1 + 1e-6) + 1e-9


def weighed(values, distance, weights):
    if weights == "uniform":
        return values.mean()
    if (distance == 0).any():
        return values[distance == 0].mean()
    return np.average(values, weights=1 / distance)


def squares(row, donors):
    """The mean of the squared differences over what both have."""
    gap = (donors - row) ** 2
    shared = (~np.isnan(gap)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.where(shared > 0, np.nansum(gap, axis=1) / shared, np.nan)


def euclidean(row, donors):
    return np.sqrt(squares(row, donors) * len(row))


def by_donors(data):
    n = numbers(data, 6)
    step, values = emptied(n)
    variants = [(5, "uniform"), (1, "uniform"), (3, "distance"), (20, "distance")]
    for count, weights in variants if data.train.rows < 7000 else variants[:1]:
        def expect(train, rows, training, count=count, weights=weights):
            donors, x = values(train, train), values(train, rows)
            # In distances as scikit-learn works them out, what is far from 0 swallows what is near.
            shift = np.nanmean(donors, axis=0)
            theirs = KNNImputer(n_neighbors=count, weights=weights).fit(donors - shift).transform(x - shift) + shift
            made = x.copy()
            for i in np.flatnonzero(np.isnan(x).any(axis=1)):
                distance = euclidean(x[i], donors)
                for c in np.flatnonzero(np.isnan(x[i])):
                    order, clear = nearest(donors, x[i], c, distance, count)
                    made[i, c] = weighed(donors[order, c], distance[order], weights) if len(order) else shift[c]
                    close = np.isclose(made[i, c], theirs[i, c], rtol=1e-6, atol=1e-6 * (1 + abs(shift[c])))
                    # What lies at the very place lies 1e-7 off for scikit-learn, and so doesn't count alone.
                    if clear and not close and not (weights == "distance" and distance[order[0]] == 0):
                        made[i, c] = theirs[i, c]
            return dict(zip(n, made.T))
        yield Case(f"impute_knn {count} {weights}",
                   [step, {"impute_knn": {"columns": n, "neighbors": count, "weights": weights, "max_donors": 1000000}}], n, expect)


def by_gower(data):
    """Against the package gower, for the rows whose numbers lie within the ranges of the training rows."""
    able = [c for c in data.numeric if not np.isnan(data.all.number(c)).any() and len(set(data.train.cells[c])) > 2][:4]
    holed = [c for c in data.numeric if np.isnan(data.train.number(c)).any()][:1]
    if not holed or len(able) < 2:
        return
    columns = [c for c in data.numeric if c in able + holed]

    def expect(train, rows, training):
        donors, y, x, made = train.numbers(able), train.number(holed[0]), rows.numbers(able), rows.number(holed[0]).copy()
        low, high = donors.min(axis=0), donors.max(axis=0)
        have = np.flatnonzero(~np.isnan(y))
        for i in np.flatnonzero(np.isnan(made)):
            distance = np.zeros(len(donors))
            for k in range(len(able)):
                distance += np.abs(donors[:, k] - x[i, k]) / (high[k] - low[k])
            distance /= len(able)
            # The package measures single precision, and its ranges must be those of positive numbers.
            if i % 29 == 0 and (x[i] >= low).all() and (x[i] <= high).all() and (low >= 0).all():
                theirs = gower.gower_matrix(pd.DataFrame(x[[i]]), pd.DataFrame(donors))[0]
                assert np.allclose(theirs, distance, atol=1e-4), (data.name, i, np.abs(theirs - distance).max())
            made[i] = y[have[np.argsort(distance[have], kind="stable")[:5]]].mean()
        return {c: made if c in holed else rows.number(c) for c in columns}
    yield Case("impute_knn gower", [{"impute_knn": {"columns": columns, "metric": "gower", "max_donors": 1000000}}], columns, expect)


def chained(data):
    n = numbers(data, 8)
    step, values = emptied(n)
    for label, options, theirs in [
            ("", {}, {}), (" descending, 3 rounds", {"order": "descending", "max_iter": 3}, {"imputation_order": "descending", "max_iter": 3}),
            (" roman, bounded", {"order": "roman", "min": 0, "tol": 1e-5}, {"imputation_order": "roman", "min_value": 0, "tol": 1e-5})]:
        def expect(train, rows, training, theirs=theirs):
            return dict(zip(n, IterativeImputer(**theirs).fit(values(train, train)).transform(values(train, rows)).T))
        yield Case(f"impute_iterative{label}", [step, {"impute_iterative": {"columns": n} | options}], n, expect, tolerance=1e-8)


def grouped(data):
    """Groups by whole numbers, which go into the output as they are."""
    keys = [c for c in data.numeric if data.types[c] == "integer" and 2 < len(set(data.train.cells[c])) < 200][:1]
    n = [c for c in data.numeric if c not in keys]
    if not keys or not n:
        return
    step, values = emptied(n)
    for strategy, least in [("mean", 1), ("median", 20), ("min", 1), ("max", 5)]:
        def expect(train, rows, training, strategy=strategy, least=least):
            frame = pd.DataFrame(values(train, train), columns=n)
            groups = frame.groupby(train.number(keys[0]), dropna=False)
            own = groups.agg(strategy).where(groups.count() >= least)
            x = pd.DataFrame(values(train, rows), columns=n)
            filled = x.fillna(own.reindex(rows.number(keys[0])).reset_index(drop=True)).fillna(frame.agg(strategy))
            return {c: rows.number(c) if c in keys else filled[c].to_numpy() for c in data.numeric}
        yield Case(f"impute {strategy} by {keys[0]}, min_group {least}",
                   [step, {"impute": {"columns": n, "strategy": strategy, "by": keys, "min_group": least}}], data.numeric, expect)


def made_up(data):
    """What imbalanced-learn makes of our draws, with its own neighbours where they are clear."""
    classes = [t for t, kind in data.targets.items() if kind in ("category", "bool")]
    n = [c for c in data.numeric if not np.isnan(data.all.number(c)).any()][:4]
    if not classes or not n or data.train.rows > ROWS:
        return
    target = classes[0]
    if min(data.train.cells[target].count(v) for v in set(data.train.cells[target])) < 7:
        return
    seed = xxhash.xxh64_intdigest(b"smote")
    digest = lambda i, seed: xxhash.xxh64_intdigest(i.to_bytes(8, "little"), seed=seed)

    def expect(train, rows, training):
        if not training:
            return {c: rows.number(c) for c in n}
        x, y = rows.numbers(n), np.array(rows.cells[target])
        chance, k, made, most = [digest(i, seed) for i in range(len(x))], 5, [x], pd.Series(y).value_counts().max()
        for name in sorted(set(y)):
            own = np.flatnonzero(y == name)
            wanted = most - len(own)
            if not wanted:
                continue
            rounds, rest = divmod(wanted, len(own))
            bases = np.array(list(range(len(own))) * rounds + sorted(sorted(range(len(own)), key=lambda i: (chance[own[i]], i))[:rest]))
            near = []
            for i in range(len(own)):
                distance = ((x[own] - x[own[i]]) ** 2).sum(axis=1)
                distance[i] = np.inf
                near.append(np.argsort(distance, kind="stable")[:k])
            copies, columns, steps = {}, [], []
            for b in bases:
                copies[b] = copies.get(b, -1) + 1
                draw = digest(copies[b], chance[own[b]])
                columns.append(draw * k >> 64)
                steps.append((digest(draw, chance[own[b]]) >> 11) * 2.0 ** -53)
            made.append(SMOTE()._generate_samples(x[own], x[own], np.array(near), bases, np.array(columns), np.array(steps)[:, None]))
        made = np.vstack(made)
        assert len(made) == len(SMOTE(random_state=0).fit_resample(x, y)[0])
        return dict(zip(n, made.T))
    yield Case(f"smote by {target}", [{"smote": {"columns": n}}], n, expect, target=target, arranges_rows=True)


def cases(data):
    warnings.filterwarnings("ignore")
    if not data.numeric or data.all.rows > ROWS:
        return
    for group in [by_donors, by_gower, chained, grouped, made_up]:
        yield from group(data)
