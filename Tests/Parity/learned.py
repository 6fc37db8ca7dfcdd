"""Learned numbers as they stand in an artifact."""
import numpy as np


def entry(node, column):
    """What a fitted step holds of a column."""
    if isinstance(node, dict):
        if node.get("column") == column:
            return node
        if column in node:
            return node[column]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return next((found for child in children if (found := entry(child, column)) is not None), None)


def value(node, key):
    """The value under a key, however deep; an empty key means that the only learned thing is a number."""
    if isinstance(node, dict):
        if key in node or not key and "learned" in node:
            return node[key or "learned"]
        return next((found for child in node.values() if (found := value(child, key)) is not None), None)
    return node if not key and not isinstance(node, list) else None


def differences(case, data, artifact):
    """Compares what the last step learned of each column: lines, numbers compared, worst in units of the tolerance."""
    lines, count, worst = [], 0, 0.0
    for column, wanted in case.learned(data.train).items():
        held = entry(artifact["steps"][-1], column)
        for key, want in wanted.items():
            got = value(held, key)
            if got is None:
                lines.append(f"artifact: {column}: no {key or 'number'}")
                continue
            want, got = np.atleast_1d(want).astype(float), np.atleast_1d(got).astype(float)
            count += len(want)
            if want.shape != got.shape:
                lines.append(f"artifact: {column}: {key} has {len(got)} numbers, expected {len(want)}")
                continue
            gap = np.abs(want - got) / np.where(want == 0, 1, np.abs(want)) / case.tolerance
            worst = max(worst, float(gap.max()))
            if gap.max() > 1:
                lines.append(f"artifact: {column}: {key}: expected {want.tolist()}, found {got.tolist()}")
    return lines, count, worst
