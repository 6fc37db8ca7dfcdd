"""Cases for stages that choose, name and convert columns, replace and refuse values, and compute new ones: against pandas."""
import numpy as np
import pandas as pd

from case import Case
from quantities import columnwise

DIFFERENCES = [
    ("derive", "A division by zero and a result that is no finite number are missing, where numpy has an infinity or NaN."),
    ("cast", "Nothing is rounded: what the new type can't hold is missing with `on_error: null`, where pandas would round or raise."),
]


def names(data):
    n = data.numeric
    kept = n[1::2] or n
    numbers = lambda columns: lambda train, rows, training: {new: rows.number(old) for old, new in columns}
    yield Case("select", [{"select": {"columns": kept[::-1]}}], n, numbers([(c, c) for c in kept]), exact=True)
    if left := [c for c in n if c not in kept]:
        yield Case("drop", [{"drop": {"columns": kept}}], n, numbers([(c, c) for c in left]), exact=True)
    # The last takes the first one's name, which is another's by then.
    new = dict(zip(n, [f"{c} (new)" for c in n[:-1]] + n[:1])) if len(n) > 1 else {n[0]: "new"}
    yield Case("rename", [{"rename": {"map": new}}], n, numbers([(c, new[c]) for c in n]), exact=True)


def strings(table, column):
    return pd.Series(table.text(column), dtype=object)


def textual(columns, function):
    """What a function makes of the strings that are there; missing ones stay missing."""
    def expect(train, rows, training):
        made = {}
        for c in columns:
            x = strings(rows, c)
            made[c] = x.where(x.isna(), function(x.fillna(""), c)).to_numpy(object)
        return made
    return expect


def types(data):
    n = data.numeric
    whole, fractions = ([c for c in n if data.types[c] == kind] for kind in ["integer", "float"])
    if whole:
        yield Case("cast integer to float", [{"cast": {"to": {c: "float" for c in whole}}}], whole,
                   columnwise(whole, lambda t, x, c: {c: x}), exact=True)
        yield Case("cast integer to text", [{"cast": {"to": {c: "text" for c in whole}}}], whole,
                   textual(whole, lambda x, c: x.map(lambda v: str(int(v)) if v else v)), exact=True, text=True)
    if fractions:
        yield Case("cast float to integer", [{"cast": {"to": {c: "integer" for c in fractions}, "on_error": "null"}}], fractions,
                   columnwise(fractions, lambda t, x, c: {c: np.where(x == np.floor(x), x, np.nan)}), exact=True)
        yield Case("cast float to text", [{"cast": {"to": {c: "text" for c in fractions}}}], fractions,
                   textual(fractions, lambda x, c: x.map(lambda v: repr(float(v)) if v else v)), exact=True, text=True)
    if data.categories:
        c = data.categories
        yield Case("cast category to float", [{"cast": {"to": {k: "float" for k in c}, "on_error": "null"}}], c,
                   lambda train, rows, training: {k: pd.to_numeric(strings(rows, k), errors="coerce").to_numpy(float) for k in c}, exact=True)


def replaced(data):
    columns = data.categories
    for otherwise in ["keep", "null"]:
        for c in columns[:3]:
            common = strings(data.train, c).value_counts().index[:3]
            new = dict(zip(common, ["première", *common]))

            def expect(train, rows, training, c=c, new=new, otherwise=otherwise):
                x = strings(rows, c)
                return {c: (x.map(new) if otherwise == "null" else x.replace(new)).to_numpy(object)}
            yield Case(f"map_values {c}, else {otherwise}", [{"map_values": {"columns": c, "map": new, "else": otherwise}}], [c], expect,
                       exact=True, text=True)


def cleaned(data):
    columns = data.categories
    squeezed = lambda x: x.str.replace(r"\s+", " ", regex=True)
    for options, function in [
            ({}, lambda x: x.str.strip()), ({"case": "upper", "trim": False}, lambda x: x.str.upper()),
            ({"case": "lower", "squeeze": True}, lambda x: squeezed(x.str.lower().str.strip()))]:
        for kind in ["category", "text"]:
            label = " ".join(["clean_text", kind, *(f"{k} {v}" for k, v in options.items())])
            yield Case(label, [{"clean_text": {"columns": columns} | options}], columns,
                       textual(columns, lambda x, c, f=function: f(x)), exact=True, text=True, types={c: kind for c in columns})


def computed(data):
    """The four operations round as numpy does; functions of the C library to the last bits."""
    a, b, c = data.numeric[0], data.numeric[len(data.numeric) // 2], data.numeric[-1]

    def of(function):
        def expect(train, rows, training):
            x = [rows.number(k) for k in [a, b, c]]
            with np.errstate(all="ignore"):
                made = {k: np.asarray(v, dtype=float) for k, v in function(*x).items()}
            return {k: rows.number(k) for k in dict.fromkeys([a, b, c])} | {k: np.where(np.isfinite(v), v, np.nan) for k, v in made.items()}
        return expect
    columns = [k for k in data.numeric if k in (a, b, c)]
    ordered = lambda expect: lambda train, rows, training: {
        k: v for made in [expect(train, rows, training)] for k, v in ({k: made[k] for k in columns} | made).items()}
    some = lambda x: np.isnan(x)
    yield Case("derive, operations", [{"derive": {"set": {
        "sum": f"`{a}` * 2.5 + `{b}` - `{c}`", "ratio": f"`{a}` / `{b}`", "more": f"`{a}` > `{c}`",
        "first": f"coalesce(`{a}`, `{c}`, 0.5)", "chosen": f"if(`{b}` >= 1.5, `{b}` * 1.0, `{c}` * 0.5)"}}}], columns,
        ordered(of(lambda x, y, z: {
            "sum": x * 2.5 + y - z, "ratio": x / y, "more": np.where(some(x) | some(z), np.nan, x > z),
            "first": np.where(~some(x), x, np.where(~some(z), z, 0.5)), "chosen": np.where(some(y), np.nan, np.where(y >= 1.5, y * 1.0, z * 0.5))})),
        exact=True)
    yield Case("derive, functions", [{"derive": {"set": {
        "logs": f"log(abs(`{a}`) + 1.0)", "roots": f"sqrt(`{b}`)", "rounded": f"floor(`{c}` / 3.0)",
        "bounded": f"clip(`{a}` * 1.0, -1.5, 30.0)"}}}], columns,
        ordered(of(lambda x, y, z: {"logs": np.log(np.abs(x) + 1), "roots": np.sqrt(y), "rounded": np.floor(z / 3.0),
                                    "bounded": np.clip(x, -1.5, 30.0)})), scaled=False)


def checked(data):
    n = data.numeric
    yield Case("check bounds", [{"check": {"columns": n, "min": 1, "max": 40.5, "on_fail": "null"}}], n,
               columnwise(n, lambda t, x, c: {c: np.where((x < 1) | (x > 40.5), np.nan, x)}), exact=True)
    for c in data.categories[:2]:
        common = list(strings(data.train, c).value_counts().index[:2])
        yield Case(f"check values of {c}", [{"check": {"columns": c, "in": common, "on_fail": "null"}}], [c],
                   lambda train, rows, training, c=c, common=common: {
                       c: strings(rows, c).where(strings(rows, c).isin(common), np.nan).to_numpy(object)}, exact=True, text=True)


def cases(data):
    if data.numeric:
        for group in [names, types, computed, checked]:
            yield from group(data)
    if data.categories:
        for group in [replaced, cleaned]:
            yield from group(data)
