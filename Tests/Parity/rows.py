"""Cases for stages that say which training rows there are, and in which order: against pandas, row by row."""
import numpy as np
import pandas as pd
import xxhash

from case import Case

DIFFERENCES = [
    ("sample, shuffle, resample", "Chance is a hash of each row's number, so that no partition of the rows changes it; the expectation "
     "takes that hash from the package xxhash. Other libraries draw other numbers."),
    ("filter", "A row goes where the condition is null, as in SQL; in pandas a comparison with NaN is false, which is the same but for `!=`."),
]


def chance(purpose, rows):
    """The hash of each row's number (8 bytes, low byte first) for a purpose; the seed is 0."""
    seed = xxhash.xxh64_intdigest(purpose.encode())
    return [xxhash.xxh64_intdigest(i.to_bytes(8, "little"), seed=seed) for i in range(rows)]


def frame(table, data, columns):
    return pd.DataFrame({c: table.number(c) if c == "row" or data.types[c] in ("integer", "float") else pd.Series(table.text(c), dtype=object)
                         for c in columns})


def arranged(data, label, step, keys, order, serving=False, **more):
    """A case whose rows are those at the positions that `order` gives of a frame of the keys; in training only, or always."""
    n = [*data.numeric, "row"]
    others = {c: "id" for c in keys if c not in n}

    def expect(train, rows, training):
        places = order(frame(rows, data, keys)) if training or serving else np.arange(rows.rows)
        return {c: rows.number(c)[places] for c in n}
    return Case(label, [step], n, expect, exact=True, arranges_rows=True, types={"row": "integer"}, roles=others, **more)


def repeating(data, count):
    """Columns whose values repeat most, numbers and categories."""
    able = [c for c in data.numeric + data.categories if len(set(data.train.cells[c])) > 1]
    return sorted(able, key=lambda c: len(set(data.train.cells[c])))[:count]


def sorting(data):
    few = repeating(data, 5)
    by = [c for c in few if c in data.categories][:2] + data.numeric[-1:]
    for keys, down in [(data.numeric[:1], []), (by, by[-1:]), (by[::-1], by[:1]), (few, few[::2])]:
        yield arranged(data, f"sort by {', '.join(keys)}", {"sort": {"columns": keys, "descending": down}}, keys,
                       lambda t, keys=keys, down=down: t.sort_values(
                           keys, ascending=[k not in down for k in keys], kind="stable").index.to_numpy())


def duplicates(data):
    for keep, theirs, count in [("first", "first", 4), ("last", "last", 3), ("none", False, 6)]:
        keys = repeating(data, count)
        yield arranged(data, f"drop_duplicates, keep {keep}", {"drop_duplicates": {"columns": keys, "keep": keep}}, keys,
                       lambda t, theirs=theirs: t.drop_duplicates(keep=theirs).index.to_numpy())


def missing(data):
    keys = [c for c in data.numeric + data.categories if None in data.train.cells[c]]
    rare = sorted(keys, key=lambda c: data.train.cells[c].count(None))[:3]
    if keys:
        yield arranged(data, "drop_missing", {"drop_missing": {"columns": rare}}, rare, lambda t: t.dropna().index.to_numpy())
        yield arranged(data, "drop_missing, all", {"drop_missing": {"columns": keys[:2], "any": False}}, keys[:2],
                       lambda t: t.dropna(how="all").index.to_numpy())


def conditions(data):
    a, b = data.numeric[0], data.numeric[-1]
    middle, most = (float(f(data.train.number(c))) for f, c in [(np.nanmedian, a), (np.nanmax, b)])
    where = f"`{a}` > {middle!r} or `{b}` == {most!r} or is_null(`{a}`)"
    kept = lambda t: np.flatnonzero((t[a] > middle) | (t[b] == most) | t[a].isna())
    for when in ["fit", "always"]:
        yield arranged(data, f"filter, {when}", {"filter": {"where": where, "when": when}}, [a, b], kept, serving=when == "always")


def random(data):
    def lowest(purpose, count, rows):
        hashes = chance(purpose, max(rows, default=-1) + 1)
        return sorted(rows, key=lambda i: (hashes[i], i))[:count]
    yield arranged(data, "shuffle", "shuffle", [], lambda t: lowest("shuffle", data.train.rows, range(data.train.rows)))
    some = data.train.rows // 3
    yield arranged(data, "sample rows", {"sample": {"rows": some}}, [],
                   lambda t: sorted(lowest("sample", some, range(data.train.rows))))
    yield arranged(data, "sample share", {"sample": {"share": 0.37}}, [],
                   lambda t: [i for i, h in enumerate(chance("sample", data.train.rows)) if float(h) < 0.37 * 2.0 ** 64])

    for target, kind in data.targets.items():
        if kind in ("integer", "float"):
            continue
        classes = pd.Series(data.train.cells[target], dtype=object)
        members = [list(i) for _, i in sorted(classes.groupby(classes).groups.items())]

        def over(t, ratio, members=members):
            order, wanted = list(range(data.train.rows)), int(max(map(len, members)) * ratio)
            for own in members:
                if len(own) < wanted:
                    rounds, rest = divmod(wanted - len(own), len(own))
                    order += own * rounds + sorted(lowest("resample", rest, own))
            return order

        def under(t, ratio, members=members):
            wanted = int(min(map(len, members)) / ratio)
            return sorted(i for own in members for i in lowest("resample", wanted, own))
        for strategy, rule in [("over", over), ("under", under)]:
            for ratio in [1.0, 0.4]:
                yield arranged(data, f"resample {strategy} {ratio} by {target}", {"resample": {"strategy": strategy, "ratio": ratio}}, [],
                               lambda t, rule=rule, ratio=ratio: rule(t, ratio), target=target)


def cases(data):
    if data.numeric:
        for group in [sorting, duplicates, missing, conditions, random]:
            yield from group(data)
