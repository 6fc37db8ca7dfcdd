"""Cases for text, hashed categories, and categories encoded by evidence, shrunk means, other and earlier rows."""
import warnings
import numpy as np
import pandas as pd
from category_encoders import CatBoostEncoder, JamesSteinEncoder, LeaveOneOutEncoder, WOEEncoder
from feature_engine.text import TextFeatures
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.preprocessing import LabelEncoder, MultiLabelBinarizer

from case import Case

DIFFERENCES = [
    ("count_vectorize, tfidf", "Missing text has no terms and isn't counted as a text; scikit-learn refuses it, so it learns from the others "
     "alone."),
    ("count_vectorize, tfidf", "Of terms that are equally frequent at the limit of `max_features` the first by bytes stay; scikit-learn takes "
     "any, so no case sets that limit."),
    ("multi_hot", "Empty parts of a cell of many values are none; scikit-learn makes them a class."),
    ("woe_encode, james_stein_encode", "category_encoders encodes training rows by weights and means that hold their own target. Here they are "
     "out of fold, so each fold is compared with an encoder fitted on the rows outside of it."),
    ("ordered_target_encode", "It draws an order; it is compared in the order of the table (`shuffle: false`)."),
    ("james_stein_encode", "category_encoders' fourth model, `binary`, takes its mean from the last step of an optimizer, in single "
     "precision: it isn't here."),
]

FOLDS = 5
# Columns with words, by table; all other categories are short codes.
TEXTS = {
    "titanic": ["name", "ticket"], "ames": ["Neighborhood", "Garage_Cond"], "adult": ["occupation", "native_country"],
    "loans": ["emp_title"], "taxis": ["pickup_zone", "dropoff_zone"], "penguins": ["Comments", "Species"],
}


def spread(table, column, function):
    """What a function makes of a list of texts, row by row; it is asked of each distinct one alone. Missing ones are empty."""
    values, rows = table.distinct(column)
    return np.asarray(function(["" if v is None else v for v in values]))[rows]


def vectorized(columns, make, sign="="):
    def expect(train, rows, training):
        made = {}
        for c in columns:
            e = make().fit([v for v in train.cells[c] if v is not None])
            matrix = spread(rows, c, lambda x: e.transform(x).toarray().astype(float))
            names = e.get_feature_names_out() if hasattr(e, "get_feature_names_out") else range(matrix.shape[1])
            made |= dict(zip([f"{c}{sign}{t}" for t in names], matrix.T, strict=True))
        return made
    return expect


def vectors(data, columns):
    few = {} if data.name == "titanic" else {"min_df": 3}
    variants = [
        ("", {}, {}), (", pairs of words", {"ngrams": [1, 2], "min_df": 2, "max_df": 0.5}, {"ngram_range": (1, 2), "min_df": 2, "max_df": 0.5}),
        (", characters", {"analyzer": "char", "ngrams": [1, 2]}, {"analyzer": "char", "ngram_range": (1, 2)}),
        (", characters in words", {"analyzer": "char_wb", "ngrams": [2, 3], "min_df": 5}, {"analyzer": "char_wb", "ngram_range": (2, 3), "min_df": 5}),
        (", stop words", {"stop_words": "english", "lowercase": False}, {"stop_words": "english", "lowercase": False})]
    for label, ours, theirs in variants:
        ours, theirs = few | ours, few | theirs
        yield Case("count_vectorize" + label, [{"count_vectorize": {"columns": columns} | ours}], columns,
                   vectorized(columns, lambda k=theirs: CountVectorizer(**k)), exact=True)
        yield Case("tfidf" + label, [{"tfidf": {"columns": columns} | ours}], columns,
                   vectorized(columns, lambda k=theirs: TfidfVectorizer(**k)))
    for label, options in [("l1, sublinear", {"norm": "l1", "sublinear_tf": True}), ("plain", {"norm": "none", "smooth_idf": False})]:
        kwargs = few | options | ({"norm": None} if options["norm"] == "none" else {})
        yield Case(f"tfidf {label}", [{"tfidf": {"columns": columns} | few | options}], columns,
                   vectorized(columns, lambda k=kwargs: TfidfVectorizer(**k)))
    for label, options, kwargs in [
            ("", {"buckets": 64}, {"n_features": 64}),
            (" in words, l1", {"buckets": 50, "norm": "l1", "analyzer": "char_wb", "ngrams": [3, 3]},
             {"n_features": 50, "norm": "l1", "analyzer": "char_wb", "ngram_range": (3, 3)}),
            (" plain", {"buckets": 128, "norm": "none", "alternate_sign": False},
             {"n_features": 128, "norm": None, "alternate_sign": False})]:
        yield Case("hash_vectorize" + label, [{"hash_vectorize": {"columns": columns} | options}], columns,
                   vectorized(columns, lambda k=kwargs: HashingVectorizer(**k), "#"), exact=True)


def many_values(data, columns):
    for separator in [" ", "e"]:
        def expect(train, rows, training, s=separator):
            made = {}
            parts = lambda v: [p for p in v.split(s) if p]
            for c in columns:
                e = MultiLabelBinarizer().fit([parts(v) for v in train.cells[c] if v is not None])
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")          # values that were never seen
                    matrix = spread(rows, c, lambda x: e.transform([parts(v) for v in x]))
                made |= dict(zip([f"{c}={v}" for v in e.classes_], matrix.T.astype(float), strict=True))
                if None in train.cells[c]:
                    made[f"{c}=missing"] = np.array([v is None for v in rows.cells[c]], dtype=float)
            return made
        yield Case(f"multi_hot by '{separator}'", [{"multi_hot": {"columns": columns, "separator": separator}}], columns,
                   expect, exact=True)


STATS = {"characters": "char_count", "words": "word_count", "sentences": "sentence_count", "digits": "digit_count",
         "letters": "letter_count", "upper": "uppercase_count", "lower": "lowercase_count", "punctuation": "special_char_count",
         "whitespace": "whitespace_count", "unique_words": "unique_word_count", "word_length": "avg_word_length",
         "diversity": "lexical_diversity", "whitespace_share": "whitespace_ratio", "digit_share": "digit_ratio",
         "upper_share": "uppercase_ratio", "has_digits": "has_digits", "has_upper": "has_uppercase",
         "starts_upper": "starts_with_uppercase", "ends_punctuation": "ends_with_punctuation", "is_empty": "is_empty"}


def statistics(data, columns):
    def expect(train, rows, training):
        made = {}
        for c in columns:
            theirs = TextFeatures(variables=[c], features=list(STATS.values()))
            numbers = spread(rows, c, lambda x: theirs.fit_transform(pd.DataFrame({c: x}))[[f"{c}_{s}" for s in STATS.values()]])
            made |= dict(zip([f"{c}_{s}" for s in STATS], numbers.astype(float).T, strict=True))
        return made
    yield Case("text_stats", [{"text_stats": {"columns": columns, "extract": list(STATS)}}], columns, expect)


def hashed(data):
    columns = data.categories
    for label, options, kwargs in [("", {"buckets": 32}, {"n_features": 32}),
                                   (", unsigned", {"buckets": 7, "signed": False}, {"n_features": 7, "alternate_sign": False})]:
        def expect(train, rows, training, k=kwargs):
            made = {}
            for c in columns:
                values, places = rows.distinct(c)
                keys = [[c if v is None else f"{c}={v}"] for v in values]
                matrix = FeatureHasher(input_type="string", **k).transform(keys).toarray()[places]
                made |= {f"{c}#{i}": v for i, v in enumerate(matrix.T)}
            return made
        yield Case("hash_encode" + label, [{"hash_encode": {"columns": columns} | options}], columns, expect, exact=True)


def frame(table, columns):
    """Missing values are a category of their own."""
    return pd.DataFrame({c: pd.Series(["\0" if v is None else v for v in table.cells[c]], dtype=object) for c in columns})


def supervised(columns, target, kind, make, out_of_fold):
    """`make` on the target's numbers, or on an indicator of each class; of two classes the second."""
    def expect(train, rows, training):
        if kind in ("integer", "float"):
            targets = {None: pd.Series(train.number(target))}
        else:
            labels = LabelEncoder().fit([v.rstrip(".") for v in train.cells[target]])
            y = labels.transform([v.rstrip(".") for v in train.cells[target]])
            chosen = [1] if len(labels.classes_) == 2 else range(len(labels.classes_))
            targets = {labels.classes_[k]: pd.Series((y == k).astype(float)) for k in chosen}
        x, folds = frame(train, columns), train.number("fold")
        made = {}
        for label, y in targets.items():
            if not training:
                found = make(columns).fit(x, y).transform(frame(rows, columns))
            elif not out_of_fold:
                found = make(columns).fit_transform(x, y)
            else:
                found = pd.DataFrame(index=x.index, columns=columns, dtype=float)
                for f in range(FOLDS):
                    inside = folds == f
                    e = make(columns).fit(x[~inside].reset_index(drop=True), y[~inside].reset_index(drop=True))
                    found.loc[inside, columns] = e.transform(x[inside].reset_index(drop=True))[columns].to_numpy(float)
            for c in columns:
                made[c if len(targets) == 1 else f"{c}={label}"] = found[c].to_numpy(float)
        if len(targets) > 1:
            made = {f"{c}={label}": made[f"{c}={label}"] for c in columns for label in targets}
        return made
    return expect


def encoders(data):
    # category_encoders takes a second for each fold, class and thousand levels: those columns show nothing that others don't.
    columns = [c for c in data.categories if len(set(data.all.cells[c])) <= 1000]
    fold = {"folds": {"column": "fold"}}
    for target, kind in data.targets.items():
        clean = [{"map_values": {"columns": target, "map": {"<=50K.": "<=50K", ">50K.": ">50K"}}}] if data.name == "adult" else []
        classes = 0 if kind in ("integer", "float") else len({v.rstrip(".") for v in data.all.cells[target] if v is not None})

        def case(stage, options, make, out_of_fold=True):
            label = " ".join([stage, target, *(str(v) for k, v in options.items() if k != "folds")])
            return Case(label, clean + [{stage: {"columns": columns} | options}], columns,
                        supervised(columns, target, kind, make, out_of_fold), target=target, roles={"fold": "group"})
        if classes == 2:
            for r in [1, 0.25]:
                yield case("woe_encode", fold | {"regularization": r}, lambda c, r=r: WOEEncoder(cols=c, regularization=r))
        for model in ["independent", "pooled", "beta"]:
            yield case("james_stein_encode", fold | {"model": model}, lambda c, m=model: JamesSteinEncoder(cols=c, model=m))
        yield case("leave_one_out_encode", {}, lambda c: LeaveOneOutEncoder(cols=c), False)
        for a in [1, 3.5]:
            yield case("ordered_target_encode", {"prior_weight": a, "shuffle": False}, lambda c, a=a: CatBoostEncoder(cols=c, a=a), False)


def cases(data):
    columns = [c for c in data.header if c in TEXTS.get(data.name, [])]
    for c in columns:
        data.types.setdefault(c, "text")
    if columns:
        for group in [vectors, many_values, statistics]:
            yield from group(data, columns)
    if data.categories:
        for group in [hashed, encoders]:
            yield from group(data)
