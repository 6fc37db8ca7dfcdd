"""What a run says: a line for each table, the worst difference of each stage, and what is meant to differ."""
import collections, textwrap

import modules


class Summary:
    def __init__(self, tables, parts):
        self.waiting = {name: parts for name in tables}
        self.seconds = collections.Counter()
        self.cases = []                                  # (table, result)

    def add(self, outcome):
        """Takes in what came of some cases; prints what is wrong, and the table's line once it is complete."""
        self.cases += [(outcome.table, c) for c in outcome.cases]
        self.seconds[outcome.table] += outcome.seconds
        self.waiting[outcome.table] -= 1
        for case in outcome.cases:
            for line in case.lines[:4]:
                print(f"  {outcome.table}: {case.label}: {line}", flush=True)
        if self.waiting[outcome.table] == 0:
            own = [c for name, c in self.cases if name == outcome.table]
            print(f"{outcome.table:12s} {said(own)}, {self.seconds[outcome.table]:.0f} s of work", flush=True)

    def finish(self, seconds, stages, slowest):
        """Prints what there is to say of all tables; `stages` must all have a case or a reason. Whether all is well."""
        results = [c for _, c in self.cases]
        by_stage = collections.defaultdict(list)
        for c in results:
            by_stage[c.stage].append(c)
        print("\nby stage: cases, cells, worst difference in parts of what is allowed")
        for stage in sorted(by_stage):
            own = by_stage[stage]
            worst = max(own, key=lambda c: c.worst)
            found = "equal" if all(c.exact for c in own) else f"{worst.worst:.2g} ({worst.label})" if worst.worst else "0"
            print(f"  {stage:24s} {len(own):4d} {sum(c.cells for c in own):12,d}  {found}")
        if slowest:
            print("\nthe slowest cases")
            for table, c in sorted(self.cases, key=lambda c: -c[1].seconds)[:slowest]:
                print(f"  {c.seconds:6.1f} s  {table}: {c.label}")
        good = all(not c.lines for c in results) and bool(results)
        if stages is not None:
            good &= covered(stages, by_stage)
            print("\nmeant to differ")
            for which, why in modules.differences():
                print(textwrap.fill(f"{which}: {why}", 118, initial_indent="  ", subsequent_indent="    "))
        print(f"\nall: {said(results)}, {seconds:.0f} s")
        return good


def covered(stages, by_stage):
    """Prints the stages that have no case, with the reason. Whether each has one or the other, and no reason is stale."""
    reasons = modules.reasons()
    print("\nwithout a case")
    bad = False
    for stage in stages:
        if stage not in by_stage:
            bad |= stage not in reasons
            print(textwrap.fill(f"{stage}: {reasons.get(stage, 'NO REASON: write a case, or say in REASONS why there is none')}",
                                118, initial_indent="  ", subsequent_indent="    "))
    for stage in sorted(reasons):
        if stage in by_stage or stage not in stages:
            bad = True
            print(f"  {stage}: has a reason for no case, but {'has cases' if stage in by_stage else 'is no stage'}")
    return not bad


def said(cases):
    """How many agree, and by how much at worst."""
    worst = max(cases, key=lambda c: c.worst, default=None)
    most = f"worst number {worst.worst:.2f} of the tolerance ({worst.label})" if worst and worst.worst else "no number differs"
    return (f"{sum(not c.lines for c in cases):4d} of {len(cases):4d} cases agree, {sum(c.cells for c in cases):13,d} cells in "
            f"{sum(c.columns for c in cases):6,d} columns, {most}")
