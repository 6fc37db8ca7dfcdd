"""Cases for the parts of dates and timestamps."""
import numpy as np
import pandas as pd

from case import Case

DAY_PARTS = ["year", "quarter", "month", "week", "day", "weekday", "day_of_year", "is_weekend", "is_month_start", "is_month_end",
             "is_leap_year"]
CLOCK_PARTS = ["hour", "minute", "second"]
CIRCLES = {"month": 12, "weekday": 7, "hour": 24, "minute": 60, "second": 60, "day_of_year": 365.2425}


def part(series, name):
    d = series.dt
    made = {"week": lambda: d.isocalendar().week, "weekday": lambda: d.dayofweek + 1, "is_weekend": lambda: d.dayofweek >= 5,
            "day_of_year": lambda: d.dayofyear}.get(name, lambda: getattr(d, name))()
    return np.where(series.isna(), np.nan, made.astype("Float64").to_numpy(float, na_value=np.nan))


def cases(data):
    for c, kind in data.dates.items():
        parts = DAY_PARTS + (CLOCK_PARTS if kind == "timestamp" else [])

        def plain(train, rows, training, c=c, parts=parts):
            series = pd.to_datetime(pd.Series(rows.text(c)))
            return {f"{c}_{p}": part(series, p) for p in parts}
        yield Case(f"datetime_features {c}", [{"datetime_features": {"columns": [c], "extract": parts}}], [c], plain, exact=True)

        def circle(train, rows, training, c=c, parts=parts):
            series = pd.to_datetime(pd.Series(rows.text(c)))
            made = {}
            for p in [p for p in CIRCLES if p in parts] + ["day"]:
                turn = 2 * np.pi * part(series, p) / (series.dt.days_in_month if p == "day" else CIRCLES[p])
                made |= {f"{c}_{p}_sin": np.sin(turn), f"{c}_{p}_cos": np.cos(turn)}
            return {k: np.asarray(v, dtype=float) for k, v in made.items()}
        yield Case(f"datetime_features {c}, cyclical", [{"datetime_features": {
            "columns": [c], "extract": [p for p in CIRCLES if p in parts] + ["day"], "cyclical": True}}], [c], circle)
