"""Cases for stages that look at other rows of a group, in their order: against pandas, and numpy window by window."""
import numpy as np
import pandas as pd

from case import Case

DIFFERENCES = [
    ("lag, difference, fill, rolling, expanding, interpolate", "Rows come in the order that `order_by` states, and a table that doesn't is "
     "refused; pandas takes any order."),
    ("rolling, expanding", "Sums are exact and rounded once; pandas and Polars add to and take from a running sum, which drifts. The "
     "expectation takes each window by itself, or sums in long doubles."),
    ("rolling, expanding", "A row isn't in its own window unless `closed: right` asks for it, so that it says nothing about itself."),
]

STATISTICS = {"mean": np.nanmean, "std": lambda x, axis: np.nanstd(x, axis=axis, ddof=1), "min": np.nanmin, "max": np.nanmax, "sum": np.nansum, "median": np.nanmedian,
              "count": lambda x, axis: (~np.isnan(x)).sum(axis=axis).astype(float)}


def windows(x, size, least, own, statistic):
    """A statistic of the `size` rows before each (with its own as the last, or without)."""
    padded = np.concatenate([np.full(size - 1 if own else size, np.nan), x if own else x[:-1]])
    cut = np.lib.stride_tricks.sliding_window_view(padded, size)
    enough = (~np.isnan(cut)).sum(axis=1) >= (0 if statistic == "count" else least)
    made = np.full(len(x), np.nan)
    if enough.any():
        made[enough] = STATISTICS[statistic](cut[enough], axis=1)
    return made


def expanding(x, least, own, statistic):
    """A statistic of all rows before each (with its own, or without)."""
    seen = ~np.isnan(x)
    shift = x[seen][0] if seen.any() else 0
    y = np.where(seen, x - shift, 0).astype(np.longdouble)
    n, total, squares = np.cumsum(seen), np.cumsum(y), np.cumsum(y * y)
    with np.errstate(all="ignore"):
        made = {"count": lambda: n, "sum": lambda: total + n * np.longdouble(shift), "mean": lambda: total / n + shift,
                "std": lambda: np.sqrt(np.maximum(0, (squares - total * total / n) / np.where(n > 1, n - 1, np.nan))),
                "min": lambda: np.fmin.accumulate(x), "max": lambda: np.fmax.accumulate(x)}[statistic]().astype(float)
    if not own:
        made, n = np.concatenate([[0 if statistic == "count" else np.nan], made[:-1]]), np.concatenate([[0], n[:-1]])
    return made if statistic == "count" else np.where(n >= least, made, np.nan)


def between(x, order):
    """Missing numbers on the line between their neighbours."""
    seen = ~np.isnan(x)
    return np.interp(order, order[seen], x[seen], left=np.nan, right=np.nan) if seen.any() else x


def grouped(data):
    """A column of groups without missing ones, and the keys that a step takes it by."""
    by = next((c for c in data.categories if 1 < len(set(data.train.cells[c])) < 100 and None not in data.all.cells[c]), None)
    return by, {"order_by": "row"} | ({"by": [by]} if by else {})


def case(data, label, stage, options, made, exact=True):
    """`made` gives what comes of a column's numbers in one group: {name: numbers}, with `{}` for the column."""
    n, (by, keys) = data.numeric, grouped(data)

    def expect(train, rows, training):
        groups = pd.Series(np.arange(rows.rows)).groupby(rows.text(by) if by else np.zeros(rows.rows)).indices.values()
        columns = {}
        for c in n:
            for places in groups:
                for name, numbers in made(pd.Series(rows.number(c)[places]), rows.number("row")[places]).items():
                    columns.setdefault(name.format(c), np.empty(rows.rows))[places] = numbers
        return columns
    return Case(label, [{stage: {"columns": n} | keys | options}], n, expect, exact=exact,
                roles={"row": "time"} | ({by: "group"} if by else {}))


def pandas(data):
    yield case(data, "lag", "lag", {"periods": [1, 3]}, lambda x, at: {"{}": x, "{}_lag1": x.shift(), "{}_lag3": x.shift(3)})
    for k in [1, 4]:
        yield case(data, f"difference over {k}", "difference", {"periods": k}, lambda x, at, k=k: {"{}": x, f"{{}}_diff{k}": x.diff(k)})
    yield case(data, "fill", "fill", {}, lambda x, at: {"{}": x.ffill()})
    yield case(data, "fill, at most 2", "fill", {"limit": 2}, lambda x, at: {"{}": x.ffill(limit=2)})
    ahead = {"look_ahead": 10 ** 6}
    yield case(data, "fill backward", "fill", {"direction": "backward"} | ahead, lambda x, at: {"{}": x.bfill()})
    yield case(data, "interpolate", "interpolate", ahead, lambda x, at: {"{}": between(x.to_numpy(), at)}, exact=False)


def looking_back(data):
    for label, size, least, own, wanted in [("4", 4, 4, False, ["mean", "sum", "count"]),
                                            ("7 with the row itself", 7, 2, True, list(STATISTICS))]:
        options = {"window": size, "min_samples": least, "closed": "right" if own else "left", "statistics": wanted}
        yield case(data, f"rolling over {label}", "rolling", options, lambda x, at, size=size, least=least, own=own, wanted=wanted: {
            "{}": x} | {f"{{}}_{s}_{size}": windows(x.to_numpy(), size, least, own, s) for s in wanted}, exact=False)
    wanted = [s for s in STATISTICS if s != "median"]
    for label, least, own in [("", 1, False), (" with the row itself", 3, True)]:
        options = {"min_samples": least, "closed": "right" if own else "left", "statistics": wanted}
        yield case(data, f"expanding{label}", "expanding", options, lambda x, at, least=least, own=own: {
            "{}": x} | {f"{{}}_cum{s}": expanding(x.to_numpy(), least, own, s) for s in wanted}, exact=False)


def aggregates(data):
    """What groups come to in the training rows, beside every row."""
    n, (by, _) = data.numeric, grouped(data)
    wanted = ["count", "mean", "std", "min", "max", "sum", "median"]
    for unseen in ["missing", "global"] if by else []:
        def expect(train, rows, training, unseen=unseen):
            made = {}
            for c in n:
                x, key = pd.Series(train.number(c)), pd.Series(train.text(by), dtype=object)
                made[c], here = rows.number(c), pd.Series(rows.text(by), dtype=object)
                for s in wanted:
                    summed = lambda g: getattr(g, s)()
                    values = here.map(summed(x.groupby(key)))
                    values[~here.isin(set(key))] = np.nan if unseen == "missing" else summed(x)
                    made[f"{c}_{s}_by_{by}"] = values.to_numpy(float)
            return made
        yield Case(f"group_aggregate, unseen {unseen}", [{"group_aggregate": {"columns": n, "by": [by], "statistics": wanted, "unseen": unseen}}], n,
                   expect, roles={by: "group"}, tolerance=1e-11)


def cases(data):
    if data.numeric:
        for group in [pandas, looking_back, aggregates]:
            yield from group(data)
