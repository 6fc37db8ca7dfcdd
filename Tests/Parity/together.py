"""Cases for stages that take several numbers of a row together: lengths of rows, products, twins among columns."""
import numpy as np
import pandas as pd
from feature_engine.selection import DropDuplicateFeatures
from sklearn.preprocessing import Normalizer, PolynomialFeatures

from case import Case

DIFFERENCES = [
    ("normalize_rows, polynomial", "scikit-learn refuses missing values. Here a missing value has no length and stays missing, and a "
     "product is missing where a factor is."),
    ("polynomial", "The columns stay where they are and products come last; scikit-learn puts all into one matrix, the bias first."),
]


def lengths(data):
    n = data.numeric
    for norm in ["l1", "l2", "max"]:
        def expect(train, rows, training, norm=norm):
            x = rows.numbers(n)
            made = Normalizer(norm).fit_transform(np.nan_to_num(x))
            return dict(zip(n, np.where(np.isnan(x), np.nan, made).T, strict=True))
        yield Case(f"normalize_rows {norm}", [{"normalize_rows": {"columns": n, "norm": norm}}], n, expect)


def products(data):
    for count, options in [(8, {}), (4, {"degree": 4, "bias": True}), (7, {"degree": 3, "interaction_only": True})]:
        n = data.numeric[:count]
        theirs = PolynomialFeatures(options.get("degree", 2), interaction_only=options.get("interaction_only", False),
                                    include_bias=options.get("bias", False))

        def expect(train, rows, training, n=n, theirs=theirs):
            x = rows.numbers(n)
            theirs.fit(np.zeros((1, len(n))))
            made, made_up = theirs.transform(np.nan_to_num(x)), np.isnan(x).astype(float) @ (theirs.powers_ > 0).T > 0
            columns = np.where(made_up, np.nan, made).T
            names = ["*".join(c + (f"^{p}" if p > 1 else "") for c, p in zip(n, powers) if p) or "1" for powers in theirs.powers_]
            return {c: rows.number(c) for c in n} | {k: v for k, v in zip(names, columns) if k not in n}
        label = " ".join(f"{k} {v}" for k, v in options.items()) or "defaults"
        yield Case(f"polynomial {label}", [{"polynomial": {"columns": n} | options}], n, expect)


def pairs(data):
    n = data.numeric
    to = n[-2:]
    for stage, sign, function in [("ratio", "/", np.divide), ("difference_of", "-", np.subtract)] if len(n) > 2 else []:
        def expect(train, rows, training, sign=sign, function=function):
            with np.errstate(all="ignore"):
                made = {f"{a}{sign}{b}": function(rows.number(a), rows.number(b)) for a in n[:-2] for b in to}
            return {c: rows.number(c) for c in n} | {k: np.where(np.isfinite(v), v, np.nan) for k, v in made.items()}
        yield Case(stage, [{stage: {"columns": n[:-2], "to": to}}], n, expect, exact=True)


def twins(data):
    """Columns that `derive` copies, beside those that the table holds."""
    n = data.numeric
    copied = n[::2]
    steps = [{"derive": {"set": {f"{c} again": f"`{c}`" for c in copied}}}, "drop_duplicate_columns"]

    def expect(train, rows, training):
        table = pd.DataFrame({c: train.number(c) for c in n} | {f"{c} again": train.number(c) for c in copied})
        # Theirs compares values of any type; here a column of whole numbers is no twin of one with fractions.
        whole = [c for c in table if data.types[c.removesuffix(" again")] == "integer"]
        gone = set()
        for columns in [whole, [c for c in table if c not in whole]]:
            if len(columns) > 1:
                gone |= set(DropDuplicateFeatures(missing_values="ignore").fit(table[columns]).features_to_drop_)
        return {c: rows.number(c.removesuffix(" again")) for c in table if c not in gone}
    yield Case("drop_duplicate_columns", steps, n, expect, exact=True)


def cases(data):
    if data.numeric:
        for group in [lengths, products, pairs, twins]:
            yield from group(data)
