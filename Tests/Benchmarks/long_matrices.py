"""long_matrices.py TABLE STATE OTHER.npy MAP NAME ROWS: is OTHER what arrow_np makes of TABLE, whose matrix is too large to keep?

arrow_np runs as always, but each block that it would write is compared with the rows of OTHER and forgotten.
"""
import json, sys
import numpy as np

from matrices import Comparison, names_in      # it also finds the peers
import arrow_np


def main():
    table, state, other, features, label, rows = sys.argv[1:7]
    X = np.load(other, mmap_mode="r")
    comparison = Comparison(names_in(state), names_in(features), label, strict=True)

    class Compared:
        def __init__(self, path):
            pass

        def write(self, block):
            comparison.piece(block, X[comparison.rows:comparison.rows + len(block)])

        def close(self):
            pass

    arrow_np.NpyStream = Compared
    arrow_np.apply(table, None, state)
    if not len(X) == comparison.rows == int(rows):
        sys.exit(f"DIFFER {label}: {len(X)} rows, the table has {comparison.rows}, expected {rows}: is it whole?")
    sys.exit(0 if comparison.verdict() else 1)


main()
