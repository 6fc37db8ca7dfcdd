"""matrices.py REFERENCE.npy STATE OTHER.npy FEATURES|- NAME: is OTHER the same matrix as REFERENCE?

Columns are paired by name: dlprep's from its feature map, the peers' from the order in peers/common.py with
the categories in arrow_np's STATE. Indicators, dates, codes, shares and one-hot components must be equal; a
number may be one float32 step away, because tools add up a million numbers in different orders.
"""
import json, sys
import numpy as np

sys.path.insert(0, __file__.rsplit("/", 1)[0] + "/peers")
from common import NUM, NUM_M, OH

BLOCK = 100_000


def peer_names(state):
    s = json.load(open(state))
    return (NUM + [f"{c}_missing" for c in NUM_M] + [f"issue_date_{p}" for p in ("year", "month", "weekday")]
            + ["city", "employer"] + [f"{c}={v}" for c in OH for v in s["oh"][c][0]])


def map_names(path):
    features = json.load(open(path))["features"]
    return [f["name"] for f in features]


def differs(name, r, x, codes):
    if name == "city" and codes is not None:       # feature_engine numbers cities as it meets them: any bijection will do
        for a, b in set(zip(r.tolist(), x.tolist())):
            if codes.setdefault(a, b) != b:
                return 1
        return len(codes) - len(set(codes.values()))
    if name in NUM:
        step = np.spacing(np.maximum(np.abs(r), np.abs(x)))
        return int((~(np.abs(r.astype(np.float64) - x) <= step + 1e-12)).sum())
    return int((r != x).sum())                     # NaN is never equal: nothing here may be missing


def main():
    reference, state, other, features, label = sys.argv[1:6]
    names = peer_names(state)
    found = names if features == "-" else map_names(features)
    R, X = np.load(reference, mmap_mode="r"), np.load(other, mmap_mode="r")
    if sorted(found) != sorted(names):
        missing, extra = sorted(set(names) - set(found)), sorted(set(found) - set(names))
        sys.exit(f"DIFFER {label}: features missing {missing[:10]}, unexpected {extra[:10]}, {len(found)} of {len(names)}")
    if X.dtype != np.float32 or X.shape != R.shape or not X.flags.c_contiguous:
        sys.exit(f"DIFFER {label}: {X.dtype} {X.shape}, expected float32 {R.shape} in C order")
    order = [found.index(n) for n in names]
    codes = {} if label == "feateng" else None
    bad, worst = {}, 0.0
    for start in range(0, len(R), BLOCK):
        r, x = R[start:start + BLOCK], X[start:start + BLOCK][:, order]
        for j, name in enumerate(names):
            if count := differs(name, r[:, j], x[:, j], codes):
                first = int(np.argmax(r[:, j] != x[:, j]))
                bad.setdefault(name, [0, start + first, r[first, j], x[first, j]])[0] += count
        worst = max(worst, float(np.abs(r[:, :len(NUM)] - x[:, :len(NUM)]).max()))
    for name, (count, row, expected, got) in bad.items():
        print(f"DIFFER {label}: {name}: {count} cells, first in row {row}: expected {expected!r}, found {got!r}")
    print(f"{'differ' if bad else 'agree':6s} {label:20s} {R.shape[0]} x {R.shape[1]} cells, {len(names)} names, "
          f"largest difference of a number {worst:.1e}", flush=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
