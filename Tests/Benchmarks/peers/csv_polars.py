"""csv_polars.py mem|stream IN OUT.csv STATE: the features of common.py as CSV, by Polars.

Numbers stay float64, as in dlprep's CSV; what is whole is an integer type, so that it is written without a point.
"""
import sys
from common import *
import polars as pl
import polars_pl as p


def exprs(st):
    e, small = [], pl.UInt8
    for c in NUM:
        m, l, h, u, s = st["num"][c]
        e.append((pl.col(c).fill_null(m).clip(l, h) - u) / s)
    e += [pl.col(c).is_null().cast(small).alias(f"{c}_missing") for c in NUM_M]
    d = pl.col("issue_date").dt
    e += [d.year().alias("issue_date_year"), d.month().alias("issue_date_month"), d.weekday().alias("issue_date_weekday")]
    e.append(pl.col("city").replace_strict(st["city"], list(range(len(st["city"]))), default=-1, return_dtype=pl.Int32))
    e.append(pl.col("employer").replace_strict(st["emp"][0], st["emp"][1], default=0.0, return_dtype=pl.Float64))
    for c in OH:
        cats, mode = st["oh"][c]
        e += [(pl.col(c).fill_null(mode) == v).cast(small).alias(f"{c}={v}") for v in cats]
    return e


engine, table, out, state = sys.argv[1:5]
frame = p.scan(table).select(exprs(json.load(open(state))))
if engine == "mem":
    frame.collect().write_csv(out)
else:
    frame.sink_csv(out, engine="streaming")
