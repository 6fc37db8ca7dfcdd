#!/usr/bin/env python3
"""Compares every cell that dlprep computes with scikit-learn, pandas and numpy, on real tables.

  Tests/Parity/run.sh [--dlprep BINARY] [--table NAME]... [--case TEXT]

Each stage learns from four fifths of a table. Compared are the training output of those rows, the serving
output of all rows (so with values that were never seen), and learned numbers as they stand in the artifact.
Categories, indicators, codes and dates must be equal. A number may differ by 1e-12 x max(1, |x|, |mean|/scale):
the last term because x - mean cancels. Exit code 1 on any difference.
"""
import argparse, os, pathlib, sys, tempfile, time, warnings
import numpy as np
import sklearn

import binary, categories, dates, learned, quantities, tables, transforms, words

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def conditioning(data, name, scaled):
    """|mean| / scale of the input column that an output column is named after; scale is 1 where it isn't divided by."""
    if name not in data.types or data.types[name] not in ("integer", "float"):
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
    pairs = zip(expected.items(), found) if case.positions else [((n, expected[n]), (n, dict(found)[n])) for n in names]
    lines, cells, worst = [], 0, 0.0
    for (name, want), (_, got) in pairs:
        if len(want) != len(got):
            lines.append(f"{name}: {len(got)} rows, expected {len(want)}")
            continue
        cells += len(want)
        if case.text:
            wrong = np.array([not (a == b or (a != a and b != b)) for a, b in zip(want, got)], dtype=bool)
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
    lines, cells, columns, worst, due = [], 0, 0, 0.0, 0
    for route in ["csv"] if case.text else ["npy", "csv"] if data.name == "titanic" else ["npy"]:
        for training, found in program.outputs(data, case, route):
            expected = case.expect(data.train, data.train if training else data.all, training)
            wrong, seen, gap = differences(data, case, expected, found)
            part = f"{'training' if training else 'serving'} output, {route}"
            lines += [f"{part}: {w}" for w in wrong]
            cells, columns, worst = cells + seen, columns + len(expected), max(worst, gap)
            due += len(expected) * (data.train if training else data.all).rows
    if case.learned and not lines:
        wrong, seen, gap = learned.differences(case, data, program.artifact())
        lines, cells, due, worst = lines + wrong, cells + seen, due + seen, max(worst, gap)
    if cells != due and not lines:
        lines.append(f"{cells} cells compared, expected {due}")
    return lines, cells, columns, worst


def check(name, source, options):
    """One table: prints its line, and the differences above it. Returns whether all was equal."""
    data = tables.Data(name, source)
    chosen = [c for group in [categories, dates, quantities, transforms, words] for c in group.cases(data)]
    chosen = [c for c in chosen if options.case in c.label]
    bad, cells, columns, worst, at, start = 0, 0, 0, 0.0, "", time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dlprep-parity-") as folder:
        program = binary.Binary(options.dlprep, pathlib.Path(folder))
        data.write(program.folder)
        for case in chosen:
            try:
                lines, seen, wide, gap = compare(data, case, program)
            except binary.Failed as failure:
                lines, seen, wide, gap = [str(failure)], 0, 0, 0.0
            bad += bool(lines)
            cells, columns = cells + seen, columns + wide
            worst, at = max((worst, at), (gap, case.label))
            for line in lines[:4]:
                print(f"  {name}: {case.label}: {line}")
    print(f"{name:12s} {len(chosen) - bad:3d} of {len(chosen):3d} cases agree, {cells:11,d} cells in {columns:5d} columns, worst number "
          f"{worst:.2f} of the tolerance{f' ({at})' if at else ''}, {time.monotonic() - start:.0f} s", flush=True)
    return bad == 0 and (cells > 0 or not chosen)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dlprep", default=str(ROOT / ".build/release/dlprep"))
    p.add_argument("--table", action="append", choices=list(tables.TABLES))
    p.add_argument("--case", default="", help="only cases whose label contains this")
    options = p.parse_args()
    options.dlprep = os.path.abspath(options.dlprep)
    if not os.access(options.dlprep, os.X_OK):
        sys.exit(f"no binary at {options.dlprep}")
    source = tables.shared()
    if source is None:
        print("note: parity is skipped: no ../shared/data, and DLPREP_SHARED names none")
        return
    warnings.filterwarnings("ignore")
    print(f"dlprep against scikit-learn {sklearn.__version__}, numpy {np.__version__}")
    good = True
    for name in options.table or tables.TABLES:
        if lost := [f for f in tables.TABLES[name][0] if not (source / f).exists()]:
            print(f"note: {name} is skipped: no {', '.join(lost)} in {source}")
        else:
            good &= check(name, source, options)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
