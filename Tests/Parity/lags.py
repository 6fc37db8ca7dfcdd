"""Cases for stages that look at earlier rows, group by group: against pandas."""
import numpy as np
import pandas as pd

from case import Case

DIFFERENCES = [
    ("lag, difference, fill", "Rows come in the order that `order_by` states, and a table that doesn't is refused; pandas takes any order."),
]


def cases(data):
    n = data.numeric
    if not n:
        return
    by = next((c for c in data.categories if 1 < len(set(data.train.cells[c])) < 100 and None not in data.all.cells[c]), None)
    roles = {"row": "time"} | ({by: "group"} if by else {})
    keys = {"order_by": "row"} | ({"by": [by]} if by else {})

    def case(label, stage, options, made, places):
        """`made` gives a frame of each name's values, `places` whether they stand in the column's place."""
        def expect(train, rows, training):
            table = pd.DataFrame({c: rows.number(c) for c in n})
            grouped = table.groupby(rows.text(by) if by else np.zeros(rows.rows), sort=False)
            columns = {c: {k: v.to_numpy(float) for k, v in made(grouped[c], table[c], c).items()} for c in n}
            return {k: v for c in n for k, v in (columns[c] if places else {c: rows.number(c)} | columns[c]).items()}
        return Case(label, [{stage: {"columns": n} | keys | options}], n, expect, exact=True, roles=roles)

    yield case("lag", "lag", {"periods": [1, 3]}, lambda g, x, c: {f"{c}_lag{k}": g.shift(k) for k in [1, 3]}, False)
    yield case("difference", "difference", {}, lambda g, x, c: {f"{c}_diff1": g.diff()}, False)
    yield case("difference over 4 rows", "difference", {"periods": 4}, lambda g, x, c: {f"{c}_diff4": g.diff(4)}, False)
    yield case("fill", "fill", {}, lambda g, x, c: {c: g.ffill()}, True)
    yield case("fill, at most 2", "fill", {"limit": 2}, lambda g, x, c: {c: g.ffill(limit=2)}, True)
