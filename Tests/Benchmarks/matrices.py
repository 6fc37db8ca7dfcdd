"""matrices.py REFERENCE.npy NAMES OTHER.npy|OTHER.csv MAP|- NAME ROWS: is OTHER the same matrix as REFERENCE?

Columns are paired by name: from a feature map, from the header of a CSV file, or, with `-`, in the reference's own
order. NAMES is a feature map too, or arrow_np's state of the loans. Loans: indicators, dates, codes, shares and one-hot
components must be equal; a number may be one float32 step away, or 1e-10 of its column's deviation where it lies that
near to the mean, because tools add up millions of numbers in different orders. Other tables: so may every cell.
Targets and weights beside the reference must be equal.
"""
import json, os, sys
import numpy as np

sys.path.insert(0, __file__.rsplit("/", 1)[0] + "/peers")
from common import NUM, NUM_M, OH

BLOCK = 100_000


def names_in(path):
    s = json.load(open(path))
    if "features" in s:
        return [f["name"] for f in s["features"]]
    return (NUM + [f"{c}_missing" for c in NUM_M] + [f"issue_date_{p}" for p in ("year", "month", "weekday")]
            + ["city", "employer"] + [f"{c}={v}" for c in OH for v in s["oh"][c][0]])


def matrix(path):
    """The cells, and their names if they are in the file."""
    if not path.endswith(".csv"):
        return np.load(path, mmap_mode="r"), None
    import pyarrow as pa, pyarrow.csv as pc
    blocks, names = [], None
    header = open(path).readline().rstrip("\n").split(",")
    for b in pc.open_csv(path, convert_options=pc.ConvertOptions(column_types={n: pa.float64() for n in header})):
        names = b.schema.names
        blocks.append(np.column_stack([c.to_numpy(zero_copy_only=False).astype(np.float32) for c in b.columns]))
    return np.concatenate(blocks), names


class Comparison:
    """Counts the cells that differ, column by column; rows may come in pieces."""
    def __init__(self, names, found, label, strict):
        if sorted(found) != sorted(names):
            missing, extra = sorted(set(names) - set(found)), sorted(set(found) - set(names))
            sys.exit(f"DIFFER {label}: features missing {missing[:10]}, unexpected {extra[:10]}, {len(found)} of {len(names)}")
        place = {n: i for i, n in enumerate(found)}
        self.names, self.order, self.label = names, [place[n] for n in names], label
        self.near = np.array([not strict or n in NUM for n in names])
        self.codes = {} if label == "feateng" else None
        self.bad, self.worst, self.rows = {}, 0.0, 0

    def piece(self, r, x):
        x = x[:, self.order]
        gap = np.abs(r.astype(np.float64) - x)
        step = np.where(self.near, np.spacing(np.maximum(np.abs(r), np.abs(x))) + 1e-10, 0)
        wrong = ~(gap <= step)                              # NaN is never equal: nothing here may be missing
        if self.codes is not None:                          # feature_engine numbers cities as it meets them: any bijection will do
            j = self.names.index("city")
            wrong[:, j] = [self.codes.setdefault(a, b) != b for a, b in zip(r[:, j].tolist(), x[:, j].tolist())]
        for j in np.flatnonzero(wrong.any(axis=0)):
            first = int(np.argmax(wrong[:, j]))
            self.bad.setdefault(self.names[j], [0, self.rows + first, r[first, j], x[first, j]])[0] += int(wrong[:, j].sum())
        self.worst = max(self.worst, float(gap.max(initial=0)))
        self.rows += len(r)

    def verdict(self):
        if self.codes is not None and len(self.codes) != len(set(self.codes.values())):
            self.bad.setdefault("city", [1, 0, "a bijection", "two cities with one code"])
        for name, (count, row, expected, got) in list(self.bad.items())[:20]:
            print(f"DIFFER {self.label}: {name}: {count} cells, first in row {row}: expected {expected!r}, found {got!r}")
        print(f"{'differ' if self.bad else 'agree':6s} {self.label:20s} {self.rows} x {len(self.names)} cells, "
              f"largest difference {self.worst:.1e}", flush=True)
        return not self.bad


def beside(reference, other, label):
    """Targets and weights, where the reference has them."""
    good = True
    for kind in ("target", "weight"):
        ours, theirs = (p.removesuffix(".npy") + f".{kind}.npy" for p in (reference, other))
        if os.path.exists(ours):
            same = os.path.exists(theirs) and np.array_equal(np.load(ours, mmap_mode="r"), np.load(theirs, mmap_mode="r"))
            good &= same
            if not same:
                print(f"DIFFER {label}: {kind}")
    return good


def main():
    reference, names, other, features, label, rows = sys.argv[1:7]
    strict = "features" not in json.load(open(names))
    names, (R, _), (X, header) = names_in(names), matrix(reference), matrix(other)
    found = header or (names if features == "-" else names_in(features))
    comparison = Comparison(names, found, label, strict)
    if X.dtype != np.float32 or X.shape != R.shape or not X.flags.c_contiguous:
        sys.exit(f"DIFFER {label}: {X.dtype} {X.shape}, expected float32 {R.shape} in C order")
    if len(R) != int(rows):
        sys.exit(f"DIFFER {label}: {len(R)} rows, expected {rows}: is the table in the cache whole?")
    rows = max(1, BLOCK * 91 // R.shape[1])
    for start in range(0, len(R), rows):
        comparison.piece(R[start:start + rows], X[start:start + rows])
    sys.exit(0 if comparison.verdict() and beside(reference, other, label) else 1)


if __name__ == "__main__":
    main()
