"""The shared specification of the work every peer does (see ../README.md).

input columns: 20; id, notes and target are parsed past, never output
missing:      "", "NA", "?"
numeric (10): median impute -> clip to the 1%/99% quantiles (linear interpolation, of the imputed column)
              -> (x - mean) / population std, each step fitted on the output of the one before
indicator(7): 1 where a NUM_M value was missing
date (3):     year, month, ISO day of week (Monday = 1)
city (1):     index among the sorted training categories; missing or unseen -> -1
employer (1): share of the non-missing training rows; missing or unseen -> 0
one-hot (69): term, home, grade, state: most-frequent impute, sorted categories; unseen -> all 0
output:       float32 [n, 91], C order, .npy
CLI:          PEER fit_transform IN OUT.npy STATE | fit IN STATE | apply IN OUT.npy STATE
"""
import sys, json
import numpy as np

NUM = ["amount", "rate", "income", "dti", "fico", "balance", "util", "score", "open_acc", "delta"]
INT = {"amount", "fico", "open_acc"}
NUM_M = ["rate", "income", "dti", "balance", "util", "score", "delta"]
OH = ["term", "home", "grade", "state"]
USED = ["issue_date"] + NUM + OH + ["city", "employer"]
ALL = ["id", "issue_date", "amount", "rate", "income", "dti", "fico", "balance", "util", "score", "open_acc", "delta",
       "term", "home", "grade", "state", "city", "employer", "notes", "target"]
NULLS = ["", "NA", "?"]
NCOL = 91


def npy_header(f, n, d=NCOL):
    np.lib.format.write_array_header_1_0(f, {"descr": "<f4", "fortran_order": False, "shape": (n, d)})


class NpyStream:
    """Row blocks appended to a .npy; the row count is patched in at close (the header is a fixed 128 bytes)."""
    def __init__(self, path):
        self.f, self.n = open(path, "wb"), 0
        self.f.write(self._head())

    def _head(self):
        d = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }" % (self.n, NCOL)
        return b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little") + d.ljust(117).encode() + b"\n"

    def write(self, a):
        a = np.ascontiguousarray(a, dtype=np.float32)
        self.n += len(a)
        self.f.write(memoryview(a).cast("B"))

    def close(self):
        self.f.seek(0); self.f.write(self._head()); self.f.close()


def main(fit_transform, fit, apply):
    m = sys.argv[1]
    if m == "fit_transform": fit_transform(*sys.argv[2:5])
    elif m == "fit": fit(*sys.argv[2:4])
    elif m == "apply": apply(*sys.argv[2:5])
    else: sys.exit("mode?")
