"""Cases for encoders and for pooling rare categories."""
import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, OrdinalEncoder, TargetEncoder

from case import Case

DIFFERENCES = [
    ("group_rare, one_hot", "scikit-learn's one-hot encoder pools missing values where they are few. Here they stay a level of their own, "
     "so pooled cases leave those columns out."),
    ("one_hot", "Unseen values are an error together with `drop`; scikit-learn encodes them as the dropped level, which can't be undone."),
]

FOLDS = 5


def missing(x):
    return pd.isna(x)


def named(columns, categories, made):
    """scikit-learn's one-hot columns under our names."""
    names = [f"{c}={'missing' if missing(v) else v}" for c, vs in zip(columns, categories) for v in vs]
    return dict(zip(names, np.asarray(made).T, strict=True))


def whole_numbers(data):
    """Whole numbers with few values, taken as categories: their texts in byte order, so 10 before 2."""
    columns = [c for c, t in data.types.items() if t == "integer" and len(set(data.all.cells[c])) <= 40]
    if columns:
        yield Case("one_hot of whole numbers", [{"one_hot": {"columns": columns}}], columns, plain_one_hot(columns), exact=True)
        yield Case("count_encode of whole numbers", [{"count_encode": {"columns": columns}}], columns, counted(columns))


def plain_one_hot(columns):
    def expect(train, rows, training):
        e = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(train.texts(columns))
        return named(columns, e.categories_, e.transform(rows.texts(columns)))
    return expect


def one_hot(data):
    few = [c for c in data.categories if len(set(data.all.cells[c])) <= 200]
    if not few:
        return

    plain = plain_one_hot(few)
    yield Case("one_hot", [{"one_hot": {"columns": few}}], few, plain, exact=True)

    def without_missing(train, rows, training):
        return {k: v for k, v in plain(train, rows, training).items() if not k.endswith("=missing")}
    yield Case("one_hot, missing ignored", [{"one_hot": {"columns": few, "missing": "ignore"}}], few, without_missing, exact=True)

    def dropped(drop):
        def expect(train, rows, training):
            e = OneHotEncoder(sparse_output=False, drop=drop).fit(train.texts(few))
            made = e.transform(train.texts(few))
            kept = [[v for i, v in enumerate(vs) if i != d] for vs, d in zip(e.categories_, e.drop_idx_)]
            return named(few, kept, made)
        return expect
    for ours, theirs in [("first", "first"), ("binary", "if_binary")]:
        yield Case(f"one_hot, drop {ours}", [{"one_hot": {"columns": few, "drop": ours, "unknown": "error"}}], few,
                   dropped(theirs), exact=True, training_only=True)

    def pooled(columns, options):
        def expect(train, rows, training):
            made = {}
            for c in columns:
                e = OneHotEncoder(sparse_output=False, handle_unknown="infrequent_if_exist", **options).fit(train.texts([c]))
                rare = set() if e.infrequent_categories_[0] is None else set(map(str, e.infrequent_categories_[0]))
                kept = [v for v in e.categories_[0] if missing(v) or v not in rare]
                names = [f"{c}={'missing' if missing(v) else v}" for v in kept] + [f"{c}=pooled"] * bool(rare)
                made |= dict(zip(names, e.transform(rows.texts([c])).T, strict=True))
            return made
        return expect
    # scikit-learn pools missing values too where they are few; ours never are (documented): those columns stay out.
    for label, ours, theirs, floor in [
            ("min_count", {"min_count": 30}, {"min_frequency": 30}, 30),
            ("min_share", {"min_share": 0.02}, {"min_frequency": 0.02}, 0.02 * data.train.rows),
            ("max_levels", {"max_levels": 6}, {"max_categories": 6}, None),
            ("both", {"min_count": 10, "max_levels": 4}, {"min_frequency": 10, "max_categories": 4}, None)]:
        many = lambda c: data.all.cells[c].count(None) == 0 or (floor and data.train.cells[c].count(None) >= floor)
        able = [c for c in data.categories if many(c)]
        if able:
            steps = [{"group_rare": {"columns": able, "into": "pooled"} | ours}, {"one_hot": {"columns": able}}]
            yield Case(f"group_rare {label} + one_hot", steps, able, pooled(able, theirs), exact=True, order=False)


def rare(data):
    columns = data.categories

    def case(label, options, keep):
        def expect(train, rows, training):
            made = {}
            for c in columns:
                counts = pd.Series(train.text(c)).dropna().value_counts()
                kept = keep(counts, train.rows)
                made[c] = np.array([v if missing(v) or v in kept else "other" for v in rows.text(c)], dtype=object)
            return made
        return Case(label, [{"group_rare": {"columns": columns} | options}], columns, expect, exact=True, text=True)
    yield case("group_rare min_count", {"min_count": 25}, lambda n, rows: set(n[n >= 25].index))
    yield case("group_rare min_share", {"min_share": 0.01}, lambda n, rows: set(n[n >= 0.01 * rows].index))


def each(columns, function):
    """What a function of the training and the given values makes of each column."""
    return lambda train, rows, training: {c: function(pd.Series(train.text(c)), pd.Series(rows.text(c))) for c in columns}


def counted(columns, normalize=False, dropna=False):
    def count(t, x):
        counts = t.value_counts(dropna=dropna, normalize=normalize)
        seen = x.map(counts[counts.index.notna()]).fillna(0)
        return seen.where(x.notna(), counts[counts.index.isna()].sum()).to_numpy(float)
    return each(columns, count)


def codes(data):
    columns = data.categories

    def ordinal(train, rows, training):
        e = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2)
        return dict(zip(columns, e.fit(train.texts(columns)).transform(rows.texts(columns)).T, strict=True))
    yield Case("ordinal_encode", [{"ordinal_encode": {"columns": columns}}], columns, ordinal, exact=True)

    def by_frequency(t, x):
        counts = t.dropna().value_counts()
        order = sorted(counts.index, key=lambda v: (-counts[v], v))
        return x.map({v: i for i, v in enumerate(order)}).fillna(-1).where(x.notna(), -2).to_numpy(float)
    yield Case("ordinal_encode by frequency", [{"ordinal_encode": {"columns": columns, "sort": "frequency"}}], columns,
               each(columns, by_frequency), exact=True)

    def embedding(t, x):
        return x.map({v: i + 2 for i, v in enumerate(sorted(t.dropna().unique()))}).fillna(1).where(x.notna(), 0).to_numpy(float)
    yield Case("ordinal_encode for embeddings", [{"ordinal_encode": {"columns": columns, "mode": "embedding"}}], columns,
               each(columns, embedding), exact=True)

    for label, options, kwargs in [("", {}, {}), (" shares", {"normalize": True}, {"normalize": True}),
                                   (" shares, missing ignored", {"normalize": True, "missing": "ignore"},
                                    {"normalize": True, "dropna": True})]:
        yield Case("count_encode" + label, [{"count_encode": {"columns": columns} | options}], columns, counted(columns, **kwargs))


def imputation(data):
    columns = data.categories
    for strategy, kwargs in [("mode", {"strategy": "most_frequent"}), ("constant", {"strategy": "constant", "fill_value": "none"})]:
        def expect(train, rows, training, k=kwargs):
            e = SimpleImputer(**k).fit(train.texts(columns))
            return dict(zip(columns, e.transform(rows.texts(columns)).T, strict=True))
        options = {"strategy": strategy} | ({"value": "none"} if strategy == "constant" else {})
        yield Case(f"impute {strategy}, categories", [{"impute": {"columns": columns} | options}], columns, expect,
                   exact=True, text=True)


class Predefined:
    """The folds of a column, as a splitter of scikit-learn."""

    def __init__(self, folds):
        self.folds = folds

    def split(self, X, y=None, groups=None):
        for f in range(FOLDS):
            yield np.flatnonzero(self.folds != f), np.flatnonzero(self.folds == f)

    def get_n_splits(self, X=None, y=None, groups=None):
        return FOLDS


def target_encoded(columns, target, regression, smooth):
    def y(table):
        if regression:
            return table.number(target)
        return LabelEncoder().fit_transform([v.rstrip(".") for v in table.cells[target]])

    def expect(train, rows, training):
        kind = "continuous" if regression else "binary" if y(train).max() == 1 else "multiclass"
        classes = sorted({v.rstrip(".") for v in train.cells[target]})
        folds = train.number("fold").astype(int)
        e = TargetEncoder(smooth=float(smooth) if smooth != "auto" else smooth, target_type=kind, cv=Predefined(folds))
        made = e.fit_transform(train.texts(columns), y(train))
        if not training:
            made = e.transform(rows.texts(columns))
        names = [f"{c}={k}" for c in columns for k in classes] if kind == "multiclass" else columns
        return dict(zip(names, made.T, strict=True))
    return expect


def targets(data):
    columns = data.categories
    for target, kind in data.targets.items():
        clean = [{"map_values": {"columns": target, "map": {"<=50K.": "<=50K", ">50K.": ">50K"}}}] if data.name == "adult" else []
        for smooth in ["auto", 0, 12.5]:
            steps = clean + [{"target_encode": {"columns": columns, "smooth": smooth, "folds": {"column": "fold"}}}]
            expect = target_encoded(columns, target, kind in ("integer", "float"), smooth)
            yield Case(f"target_encode {target}, smooth {smooth}", steps, columns, expect, target=target, roles={"fold": "group"})


def cases(data):
    yield from whole_numbers(data)
    if data.categories:
        for group in [imputation, rare, codes, one_hot, targets]:
            yield from group(data)
