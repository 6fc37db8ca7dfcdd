"""Cases for stages that look at windows of rows, later rows and groups: against Polars, and pandas where it lacks them."""
import csv, tempfile
import numpy as np
import pandas as pd
import polars as pl

from case import Case

DIFFERENCES = [
    ("rolling, expanding", "A window ends before the current row unless `closed: right` is said. Polars and pandas keep running sums, "
     "which round as they go: such cases may differ by 1e-9."),
    ("interpolate", "A row at the same point as the values before and after it gets the earlier one; Polars gives NaN."),
]
WINDOW, ENOUGH = 7, 3
STATISTICS = ["mean", "std", "min", "max", "sum", "median", "count"]


def cases(data):
    n = data.numeric[:8]
    if not n:
        return
    by = next((c for c in data.categories if 1 < len(set(data.train.cells[c])) < 100 and None not in data.all.cells[c]), None)
    roles = {"row": "time"} | ({by: "group"} if by else {})
    keys = {"order_by": "row"} | ({"by": [by]} if by else {})

    def frame(rows):
        table = pl.DataFrame({c: rows.number(c) for c in n}).fill_nan(None)
        groups = np.unique(rows.text(by).astype(str), return_inverse=True)[1] if by else np.zeros(rows.rows, dtype=int)
        return table.with_columns(pl.Series("their group", groups), pl.Series("row", rows.number("row")))

    def numbers(series):
        return series.cast(pl.Float64).to_numpy().astype(float)

    def case(label, stage, options, made, in_place=False, exact=False, tolerance=1e-12):
        """`made` gives an expression of Polars for each name."""
        def expect(train, rows, training):
            table = frame(rows)
            found = {}
            for c in n:
                if not in_place:
                    found[c] = rows.number(c)
                for name, expression in made(c).items():
                    found[name] = numbers(table.select(expression.over("their group").alias("made"))["made"])
            return found
        return Case(label, [{stage: {"columns": n} | keys | options}], n, expect, exact=exact, roles=roles, tolerance=tolerance)

    def rolled(c, statistic):
        x, window = pl.col(c), {"window_size": WINDOW, "min_samples": ENOUGH}
        if statistic == "count":
            return x.is_not_null().cast(pl.Float64).rolling_sum(WINDOW, min_samples=1)
        return getattr(x, f"rolling_{statistic}")(**window)

    window = {"window": WINDOW, "min_samples": ENOUGH}
    name = lambda c, s: f"{c}_{s}_{WINDOW}"
    for statistics, exact in [(["min", "max"], True), (["mean", "std", "sum", "count", "median"], False)]:
        options = window | {"statistics": statistics}
        yield case(f"rolling {' '.join(statistics)}, the row among them", "rolling", options | {"closed": "right"},
                   lambda c, s=statistics: {name(c, k): rolled(c, k) for k in s}, exact=exact, tolerance=1e-9)
        yield case(f"rolling {' '.join(statistics)}", "rolling", options,
                   lambda c, s=statistics: {name(c, k): rolled(c, k).shift(1, fill_value=0.0 if k == "count" else None) for k in s},
                   exact=exact, tolerance=1e-9)

    def so_far(c):
        x = pl.col(c)
        counted = x.is_not_null().cast(pl.Float64).cum_sum()
        value = {"sum": x.fill_null(0).cum_sum(), "min": x.cum_min().forward_fill(), "max": x.cum_max().forward_fill()}
        return {k: pl.when(counted > 0).then(v) for k, v in value.items()} | {"count": counted}
    statistics = {"statistics": ["sum", "min", "max", "count"]}
    yield case("expanding, the row among them", "expanding", statistics | {"closed": "right"},
               lambda c: {f"{c}_cum{k}": v for k, v in so_far(c).items()}, tolerance=1e-9)
    yield case("expanding", "expanding", statistics,
               lambda c: {f"{c}_cum{k}": v.shift(1, fill_value=0.0 if k == "count" else None) for k, v in so_far(c).items()}, tolerance=1e-9)

    def of_pandas(train, rows, training):
        groups, found = frame(rows)["their group"].to_numpy(), {}
        for c in n:
            grouped = pd.Series(rows.number(c)).groupby(groups).expanding()
            found[c] = rows.number(c)
            for statistic, values in [("mean", grouped.mean()), ("std", grouped.std())]:
                found[f"{c}_cum{statistic}"] = values.droplevel(0).sort_index().to_numpy()
        return found
    options = {"columns": n, "statistics": ["mean", "std"], "closed": "right"}
    yield Case("expanding mean and std", [{"expanding": options | keys}], n, of_pandas, roles=roles, tolerance=1e-9)

    backward = {"direction": "backward"}
    yield case("fill backward", "fill", backward, lambda c: {c: pl.col(c).backward_fill()}, in_place=True, exact=True)
    yield case("fill backward, at most 2", "fill", backward | {"limit": 2}, lambda c: {c: pl.col(c).backward_fill(limit=2)},
               in_place=True, exact=True)
    yield case("interpolate", "interpolate", {}, lambda c: {c: pl.col(c).interpolate_by("row")}, in_place=True)

    grouping = next((c for c in data.categories if 1 < len(set(data.train.cells[c])) < 300), None)
    if not grouping:
        return
    for unseen in ["missing", "global"]:
        def expect(train, rows, training, unseen=unseen):
            found, spread = {}, lambda x: x.std(ddof=1) if len(x := x.dropna()) > 1 else np.nan
            for c in n:
                found[c] = rows.number(c)
                x = pd.Series(train.number(c))
                grouped = x.groupby(train.text(grouping), dropna=False)
                for statistic in STATISTICS:
                    of_groups = grouped.agg(spread) if statistic == "std" else getattr(grouped, statistic)()
                    all_rows = spread(x) if statistic == "std" else getattr(x, statistic)()
                    known = {"" if k != k else k: v for k, v in of_groups.items()}
                    default = all_rows if unseen == "global" else np.nan
                    found[f"{c}_{statistic}_by_{grouping}"] = np.array(
                        [known.get("" if k != k else k, default) for k in rows.text(grouping)], dtype=float)
            return found
        options = {"columns": n, "by": [grouping], "statistics": STATISTICS, "unseen": unseen}
        yield Case(f"group_aggregate, unseen groups {unseen}", [{"group_aggregate": options}], n, expect, roles={grouping: "group"}, tolerance=1e-11)

    x = pd.Series(data.train.number(n[0])).groupby(data.train.text(grouping)).agg(["count", "mean"])
    x["mean"] = x["mean"].fillna(0.5)
    # The file lives as long as the case is worked on.
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
        writer.writerow(["their key", "their count", "mean"])
        writer.writerows([k, int(v["count"]), repr(float(v["mean"]))] for k, v in x.iterrows())
        file.flush()

        def expect(train, rows, training):
            found = pd.DataFrame({"key": rows.text(grouping)}).merge(x, how="left", left_on="key", right_index=True)
            return {n[0]: rows.number(n[0]), "count": found["count"].to_numpy(float), "their mean": found["mean"].to_numpy(float)}
        options = {"table": file.name, "on": {grouping: "their key"}, "take": {"count": "their count", "their mean": "mean"}}
        yield Case("lookup", [{"lookup": options}], n[:1], expect, exact=True, roles={grouping: "group"})
