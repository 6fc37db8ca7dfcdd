"""Compares what dlprep made of a case with what was expected, cell by cell."""
from dataclasses import dataclass, field
import numpy as np

import binary, learned


@dataclass
class Result:
    """What came of a case."""
    stage: str
    label: str
    lines: list = field(default_factory=list)        # what is wrong
    cells: int = 0
    columns: int = 0
    worst: float = 0.0                               # in units of the tolerance
    exact: bool = False
    seconds: float = 0


def conditioning(data, name, scaled):
    """|mean| / scale of the input column that an output column is named after; scale is 1 where it isn't divided by."""
    if data.types.get(name) not in ("integer", "float"):
        return 1.0
    x = data.all.number(name)
    spread = np.nanstd(x) if scaled else 1.0
    return abs(np.nanmean(x)) / spread if spread > 0 else 1.0


def differences(data, case, expected, found):
    """Lines that say what is wrong, cells compared, and the worst difference in units of the tolerance."""
    names = [n for n, _ in found]
    if not case.positions and (names != list(expected) if case.order else sorted(names) != sorted(expected)):
        lost, extra = [n for n in expected if n not in names], [n for n in names if n not in expected]
        why = f"missing {lost[:6]}, unexpected {extra[:6]}" if lost or extra else f"order {names[:8]}, expected {list(expected)[:8]}"
        return [f"columns differ: {why}"], 0, 0.0
    if case.positions and len(names) != len(expected):
        return [f"{len(names)} columns, expected {len(expected)}: {names[:8]}"], 0, 0.0
    by_name = dict(found)
    pairs = zip(expected.items(), found) if case.positions else [((n, expected[n]), (n, by_name[n])) for n in names]
    lines, cells, worst = [], 0, 0.0
    for (name, want), (_, got) in pairs:
        if len(want) != len(got):
            lines.append(f"{name}: {len(got)} rows, expected {len(want)}")
            continue
        cells += len(want)
        if case.text:
            wrong = np.array([not (a == b or (a != a and b != b)) for a, b in zip(want, got)], dtype=bool)
        elif np.array_equal(want, got, equal_nan=True):
            continue
        else:
            gap = np.where(np.isnan(want) & np.isnan(got), 0.0, np.abs(want - got))
            unit = 0.0 if case.exact else case.tolerance * np.fmax(np.fmax(1, np.abs(want)), conditioning(data, name, case.scaled))
            wrong = ~((gap <= unit) | (want == got))
            if not case.exact and len(gap):
                worst = max(worst, float(np.nanmax(gap / unit)))
        if wrong.any():
            i = int(np.argmax(wrong))
            lines.append(f"{name}: {int(wrong.sum())} of {len(want)} cells, row {i}: expected {want[i]!r}, found {got[i]!r}")
    return lines, cells, worst


def compare(data, case, program):
    """Runs dlprep on a case, and compares all that it wrote."""
    result, due = Result(case.stage, case.label, exact=case.exact), 0
    try:
        for route in ["csv"] if case.text else ["npy", "csv"] if data.name == "titanic" else ["npy"]:
            for training, found in program.outputs(data, case, route):
                rows = data.train if training else data.all
                expected = case.expect(data.train, rows, training)
                wrong, seen, gap = differences(data, case, expected, found)
                part = f"{'training' if training else 'serving'} output, {route}"
                result.lines += [f"{part}: {w}" for w in wrong]
                result.cells, result.columns, result.worst = result.cells + seen, result.columns + len(expected), max(result.worst, gap)
                due += sum(map(len, expected.values())) if case.arranges_rows else len(expected) * rows.rows
        if case.learned and not result.lines:
            wrong, seen, gap = learned.differences(case, data, program.artifact())
            result.lines += wrong
            result.cells, due, result.worst = result.cells + seen, due + seen, max(result.worst, gap)
    except binary.Failed as failure:
        result.lines.append(str(failure))
        return result
    if result.cells != due and not result.lines:
        result.lines.append(f"{result.cells} cells compared, expected {due}")
    if not result.cells and not result.lines:
        result.lines.append("no cells to compare")
    return result
