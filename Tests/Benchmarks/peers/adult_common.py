"""The work of Pipelines/adult.yaml, for its peers: UCI Adult, no header, a space after each comma, `?` for missing.

capital_gain   its group by 4 bins of k-means, then itself
capital_*      not above their 99.5 % quantile (linear)
CATEGORIES     levels in fewer than 0.5 % of the rows, and unseen ones, are `other`; one-hot, a component for missing if there
               was one (race has a level Other of its own)
sex            one-hot without the first of its two levels
native_country the mean of the target, smoothed as scikit-learn's TargetEncoder does; training rows by the other four of five
               folds; missing is a category, unseen gets the mean of all
NUMBERS        mean 0, deviation 1, learned from the training rows as they then stand; native_country too
output         float32 matrix OUT.npy, its names in OUT.features.json, OUT.target.npy (int64 classes)

A row's fold is a hash of its number, as dlprep draws them, so that matrices can be compared. What peers leave out: the checks
of age and hours.
"""
import numpy as np
from wide_common import NpyStream as Npy, json, main, sys

COLUMNS = ["age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship", "race", "sex",
           "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"]
PLAIN = ["age", "education_num", "hours_per_week"]
CAPITAL = ["capital_gain", "capital_loss"]
NUMBERS = PLAIN + CAPITAL + ["native_country"]
CATEGORIES = ["workclass", "marital_status", "occupation", "relationship", "race"]
TEXTS = CATEGORIES + ["sex", "native_country", "income"]
FOLDS, RARE, CAP, SEED = 5, 0.005, 0.995, 1994
P1, P2, P3, P4, P5 = (np.uint64(x) for x in (11400714785074694791, 14029467366897019727, 1609587929392839161,
                                             9650029242287828579, 2870177450012600261))


def rotated(x, n): return (x << np.uint64(n)) | (x >> np.uint64(64 - n))

def finished(h):
    h ^= h >> np.uint64(33); h *= P2; h ^= h >> np.uint64(29); h *= P3; h ^= h >> np.uint64(32)
    return h

def fold_seed():
    """XXH64 of `fold`, xor the pipeline's seed."""
    with np.errstate(over="ignore"):
        h = P5 + np.uint64(4)
        h ^= np.uint64(int.from_bytes(b"fold", "little")) * P1
        return finished(rotated(h, 23) * P2 + P3) ^ np.uint64(SEED)

def folds(start, n):
    """The folds of rows: the high bits of XXH64 of the row's number, as 8 bytes, times the number of folds."""
    with np.errstate(over="ignore"):
        k = rotated(np.arange(start, start + n, dtype=np.uint64) * P2, 31) * P1
        h = finished(rotated((fold_seed() + P5 + np.uint64(8)) ^ k, 27) * P1 + P4)
    return (((h >> np.uint64(32)) * np.uint64(FOLDS)) >> np.uint64(32)).astype(np.int8)


def centers(values, counts):
    """Edges between 4 clusters, as KBinsDiscretizer's k-means finds them, but on distinct values: from the middles of even bins,
    until no value moves or the centers shift by less than 1e-4 of the variance; an empty cluster takes the farthest row."""
    e = np.linspace(values.min(), values.max(), 5)
    c, owner = (e[1:] + e[:-1]) / 2, None
    limit = 1e-4 * np.average((values - np.average(values, weights=counts)) ** 2, weights=counts)
    for _ in range(300):
        gap = np.abs(values[:, None] - c[None])
        near = gap.argmin(1)
        n, total = np.bincount(near, counts, 4), np.bincount(near, counts * values, 4)
        empty, far = np.flatnonzero(n == 0), np.argsort(-gap.min(1))
        for to, i in zip(empty, np.repeat(far, np.minimum(counts[far], len(empty)))):
            n[near[i]] -= 1; total[near[i]] -= values[i]
            n[to], total[to] = 1, values[i]
        moved = total / n
        shift, c, same = ((moved - c) ** 2).sum(), moved, owner is not None and (near == owner).all()
        if same or shift <= limit: break
        owner = near
    c.sort()
    return ((c[1:] + c[:-1]) / 2).tolist()


def quantile(values, counts, q):
    """Linear interpolation, from distinct rising values and how often each occurs."""
    ends = np.cumsum(counts)
    h = (ends[-1] - 1) * q
    k = int(h)
    a, b = values[np.searchsorted(ends, [k, min(k + 1, ends[-1] - 1)], side="right")]
    return float(a + (b - a) * (h - k))


def moments(values, counts):
    mu = np.average(values, weights=counts)
    return [float(mu), float(np.sqrt(np.average((values - mu) ** 2, weights=counts))) or 1.0]


def encodings(n, s):
    """The smoothed mean of a 0/1 target: for n rows and s ones in each category; the mean of all comes last."""
    mean = s.sum() / n.sum()
    own = s / np.maximum(n, 1)
    w = n * mean * (1 - mean)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = w / (w + own * (1 - own))
    return np.append(np.where(n > 0, share * own + (1 - share) * mean, mean), mean)


def learn(tables, country, fold, y, n):
    """The state, from (distinct rising values, counts) of each column and the codes of each row's country.

    `country` is -1 or the last code where it is missing, as the table of native_country says: its last level then is None.
    """
    st = {"edges": centers(*tables["capital_gain"]), "oh": {}}
    cap = {c: quantile(*tables[c], CAP) for c in CAPITAL}
    st["cap"], st["num"] = cap, {}
    for c in PLAIN + CAPITAL:
        v, k = tables[c]
        st["num"][c] = moments(np.minimum(v, cap[c]) if c in cap else v, k)
    for c in CATEGORIES:
        v, k = tables[c]
        kept = sorted(x for x, m in zip(v, k) if x is not None and m >= RARE * n)
        st["oh"][c] = [kept, any(m < RARE * n for x, m in zip(v, k) if x is not None), None in v]
    levels = [x for x in tables["native_country"][0]]
    size = len(levels)
    key = country.astype(np.int64) * FOLDS + fold
    count = np.bincount(key, minlength=size * FOLDS).reshape(size, FOLDS).astype(float)
    ones = np.bincount(key[y == 1], minlength=size * FOLDS).reshape(size, FOLDS).astype(float)
    outside = np.stack([encodings(count.sum(1) - count[:, f], ones.sum(1) - ones[:, f]) for f in range(FOLDS)], axis=1)
    st["num"]["native_country"] = moments(outside[:-1].ravel(), count.ravel())
    whole = encodings(count.sum(1), ones.sum(1))
    st["country"] = {("" if x is None else x): float(e) for x, e in zip(levels, whole)}
    st["prior"] = float(whole[-1])
    return st, outside


def names(st):
    n = PLAIN + CAPITAL + ["native_country", "capital_gain_group", "sex=Male"]
    for c in CATEGORIES:
        kept, other, missing = st["oh"][c]
        n += [f"{c}={v}" for v in kept] + [f"{c}=other"] * other + [f"{c}=missing"] * missing
    return n


def positions(st, c, levels):
    """Where each level of a column, then missing, has its component; -1: nowhere. Unseen ones are `other`."""
    kept, other, missing = st["oh"][c]
    place = {v: i for i, v in enumerate(kept)}
    pool = len(kept) if other else -1
    none = len(kept) + other if missing else -1
    return np.array([place.get(v, pool) if v is not None else none for v in levels] + [none], np.int32)


def label(v): return 1 if v.startswith(">50K") else 0


class Writer:
    """Blocks of columns as they were read become rows of the matrix and the targets."""
    def __init__(self, out, st):
        self.st, self.stem = st, out.removesuffix(".npy")
        self.names = names(st)
        self.w, self.y = Npy(out, self.names), []

    def block(self, number, codes, country, y):
        """number(c): float64; codes(c): positions of components (sex: 0/1); country: encodings; y: 0/1."""
        st, n = self.st, len(y)
        X = np.zeros((n, len(self.names)), np.float32)
        for j, c in enumerate(PLAIN + CAPITAL):
            x = number(c)
            if c == "capital_gain": X[:, 6] = np.searchsorted(st["edges"], x, side="right")
            if c in CAPITAL: x = np.minimum(x, st["cap"][c])
            mu, sd = st["num"][c]
            X[:, j] = (x - mu) / sd
        mu, sd = st["num"]["native_country"]
        X[:, 5] = (country - mu) / sd
        X[:, 7] = codes("sex")
        k, r = 8, np.arange(n)
        for c in CATEGORIES:
            code, (kept, other, missing) = codes(c), st["oh"][c]
            if (code < 0).any(): ok = code >= 0; X[r[ok], k + code[ok]] = 1
            else: X[r, k + code] = 1
            k += len(kept) + other + missing
        self.w.write(X)
        self.y.append(y.astype(np.int64))

    def close(self):
        self.w.close()
        np.save(self.stem + ".target.npy", np.concatenate(self.y))
