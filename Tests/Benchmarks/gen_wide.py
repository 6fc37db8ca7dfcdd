#!/usr/bin/env python3
"""gen_wide.py --rows N --seed S --out FILE: 2,000 columns of numbers, 3 % of them missing, as CSV.

A quarter each are counts, prices (two decimals), skewed amounts (three) and shares (four). Rows are a pure
function of seed and row number.
"""
import argparse
import numpy as np, pyarrow as pa, pyarrow.csv as pc

COLUMNS, CHUNK = 2000, 1000


def chunk(seed, k):
    g = np.random.default_rng([seed, k])
    columns = []
    for j in range(COLUMNS):
        x = [lambda: g.integers(0, 1000, CHUNK), lambda: np.round(g.normal(50, 10, CHUNK), 2),
             lambda: np.round(np.exp(g.normal(0, 1, CHUNK)), 3), lambda: np.round(g.random(CHUNK), 4)][j % 4]()
        columns.append(pa.array(x, mask=g.random(CHUNK) < 0.03))
    return pa.record_batch(columns, names=[f"c{j:04d}" for j in range(COLUMNS)])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rows", type=int, required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    writer = None
    for k in range(-(-a.rows // CHUNK)):
        batch = chunk(a.seed, k).slice(0, min(CHUNK, a.rows - k * CHUNK))
        writer = writer or pc.CSVWriter(a.out, batch.schema, write_options=pc.WriteOptions(quoting_style="none"))
        writer.write_batch(batch)
    writer.close()


main()
