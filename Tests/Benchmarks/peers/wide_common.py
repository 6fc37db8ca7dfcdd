"""The work on the wide table: every column's missing values become its median, then mean 0 and deviation 1; float32.

CLI as in common.py. Each peer writes OUT.npy, and the names of its columns to OUT.features.json.
"""
import json, sys
import numpy as np
from common import NpyStream as _Npy, main

COLUMNS = [f"c{j:04d}" for j in range(2000)]


class NpyStream(_Npy):
    """Row blocks appended to a .npy of any width; the names go beside it."""
    def __init__(self, path, names=COLUMNS):
        self.width = len(names)
        json.dump({"features": [{"name": n} for n in names]}, open(path.removesuffix(".npy") + ".features.json", "w"))
        super().__init__(path)

    def _head(self):
        d = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }" % (self.n, self.width)
        return b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little") + d.ljust(117).encode() + b"\n"
