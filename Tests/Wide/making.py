"""The tables and the pipelines of run.py, the same for every Python, made piece by piece in little memory."""
import random

PIECE = 50                                   # columns that are drawn together


def wide(path, rows, columns, gaps=0.03):
    """Numbers, some missing: `constant` never changes, `twin` is as `f0`, `gaps` is nearly always missing."""
    draw = random.Random(20261123)
    cell = lambda: "" if draw.random() < gaps else f"{draw.gauss(0, 100):.3f}"
    groups = [[",".join(cell() for _ in range(PIECE)) for _ in range(min(rows, 400))] for _ in range(columns // PIECE)]
    with open(path, "w") as f:
        f.write(",".join([f"f{i}" for i in range(columns)] + ["constant", "twin", "gaps", "row"]) + "\n")
        for row in range(rows):
            line = ",".join(draw.choice(g) for g in groups)
            f.write(f"{line},1.5,{line[:line.index(',')]},{'' if row % 50 else row},{row}\n")
    return path


def wide_pipelines():
    """Label, steps for a number of columns, and what else the file says."""
    names = lambda n: [f"f{i}" for i in range(n)]
    plain = lambda n: {}
    same = lambda *steps: lambda n: list(steps)
    yield "impute, standardize", same("impute", "standardize"), plain
    yield "impute with indicator", same({"impute": {"columns": "numeric", "indicator": True}}), plain
    yield "outliers, robust_scale, bin", same("outliers", "robust_scale", "bin"), plain
    yield "drop_* by column", same("drop_constant", "drop_near_constant", {"drop_missing_columns": {"max_share": 0.5}}), plain
    yield "drop_duplicate_columns", same("drop_duplicate_columns"), plain
    yield "normalize_rows", same("normalize_rows"), plain
    yield "drop_missing, sample, sort", same(
        {"drop_missing": {"columns": ["f0", "f1"]}}, {"sample": {"rows": 200}}, {"sort": {"columns": "f2"}}), plain
    yield "check", same({"check": {"min": -1e6, "max": 1e6, "on_fail": "null"}}), plain
    yield "lag", same({"lag": {"columns": "numeric", "order_by": "row"}}), plain
    yield "rename, reorder, drop", lambda n: [
        {"rename": {"map": {c: f"g{c}" for c in names(n)}}}, {"reorder": {"columns": [f"g{c}" for c in reversed(names(n))]}},
        {"drop": {"columns": ["constant", "gaps"]}}], plain
    yield "a step for each column", lambda n: [{"clip": {"columns": c, "min": -50}} for c in names(n)], plain
    yield "an expression for each column", lambda n: [{"derive": {"set": {f"d{c}": f"{c} * 2 + 1" for c in names(n)}}}], plain
    yield "declared and checked columns", same("standardize"), lambda n: {
        "schema": {"columns": {c: {"type": "float", "check": {"min": -1e6}} for c in names(n)}}}


def rows_of(levels):
    return levels * 5 // 2


def long(path, levels):
    """Every level occurs at least twice, some of them often; far apart from each other and in no order."""
    draw = random.Random(20261124)
    with open(path, "w") as f:
        f.write("who,x,y\n")
        for row in range(rows_of(levels)):
            level = row * 7919 % levels if row < 2 * levels else draw.randrange(100)
            f.write(f"customer-{level * 48271 % 2147483647:010d},{row % 977 / 8},{draw.randrange(1000)}\n")
    return path


def long_pipelines():
    yield "count_encode", [{"count_encode": {"columns": "who"}}]
    yield "ordinal_encode", [{"ordinal_encode": {"columns": "who"}}]
    yield "target_encode", [{"target_encode": {"columns": "who"}}]
    yield "james_stein_encode", [{"james_stein_encode": {"columns": "who"}}]
    yield "leave_one_out_encode", [{"leave_one_out_encode": {"columns": "who"}}]
    yield "ordered_target_encode", [{"ordered_target_encode": {"columns": "who"}}]
    yield "hash_encode", [{"hash_encode": {"columns": "who", "buckets": 32}}]
    yield "group_rare, one_hot", [{"group_rare": {"columns": "who", "max_levels": 50}}, {"one_hot": {"columns": "who"}}]
    yield "drop_duplicates", [{"drop_duplicates": {"columns": "who"}}, {"ordinal_encode": {"columns": "who"}}]
