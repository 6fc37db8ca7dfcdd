"""scikit-learn + pandas, the table read by pandas' own C reader: the one of its readers that takes a .gz best."""
import sklearn_pd as m
from common import *
import pandas as pd


def read(path):
    d = pd.read_csv(path, usecols=USED, dtype={c: "float64" for c in NUM} | {c: "category" for c in OH + ["city", "employer"]},
                    na_values=NULLS, keep_default_na=False)
    d["issue_date"] = pd.to_datetime(d["issue_date"], format="%Y-%m-%d")
    return d[USED]


if __name__ == "__main__":
    m.read = read
    main(m.fit_transform, m.fit, m.apply)
