"""One process at a time: wall clock, CPU and peak memory from wait4, in interleaved rounds."""
import math, os, pathlib, statistics, subprocess, sys
from dataclasses import dataclass

import contenders as c

TICK = 1 / os.sysconf("SC_CLK_TCK")      # the kernel's clock for all CPU seconds but the process's own
SPAWN = str(pathlib.Path(__file__).with_name("spawn.py"))
floors = set()                           # MiB that spawn.py itself held: no less can be told


@dataclass
class Row:
    job: str
    size: str
    rows: int
    name: str
    kind: str
    wall: float
    low: float
    high: float
    cpu: float
    rss: float          # MiB; the kernel counts the ten or so of spawn.py before the exec too
    busy: float         # cores that others kept busy meanwhile: above 0.1 the wall time is an upper bound
    runs: int


def once(contender):
    """Wall seconds, CPU seconds, peak MiB, and the cores that others kept busy."""
    command = [str(x) for x in contender.command]
    told = subprocess.run([sys.executable, "-I", "-S", SPAWN, *command], env=os.environ | contender.env, stdout=subprocess.PIPE,
                          check=True, text=True).stdout.split()
    wall, cpu, peak, machine, own = map(float, told[1:])
    if told[0] != "0":
        raise SystemExit(f"{contender.name} failed while timed, exit {told[0]}: {' '.join(command)}")
    floors.add(own / 1024)
    scale = 1024 if os.uname().sysname == "Linux" else 1 << 20
    return wall, cpu, peak / scale, max(0.0, machine - cpu) / max(wall, 0.02)


def rounds(job, count):
    """Everybody once, then everybody again: what disturbs the machine then disturbs all alike."""
    count = job.rounds or count
    print(f"timing {job.name} at {job.size}: {count} rounds of {len(job.field)}", flush=True)
    for path in {x for f in job.field for x in f.command if str(x).endswith((".csv", ".gz")) and x != f.output}:
        with open(path, "rb") as f:
            while f.read(1 << 20):
                pass
    seen = {f.name: [] for f in job.field}
    for _ in range(count):
        for f in job.field:
            c.remove(f)
            seen[f.name].append(once(f))
            c.remove(f)
    return [summary(job, f, seen[f.name]) for f in job.field]


def failed(job, contender):
    """What stands for one that failed or differed: no time is short enough."""
    return Row(job.name, job.size, contender.rows or job.rows, contender.name, contender.kind, *[math.inf] * 5, 0, 0)


def summary(job, contender, runs):
    """Medians of the runs in which nobody else was busy, or of all if there was none."""
    calm = [r for r in runs if r[3] <= 0.10 + 2 * TICK / r[0]] or runs
    m = lambda i: statistics.median(r[i] for r in calm)
    return Row(job.name, job.size, contender.rows or job.rows, contender.name, contender.kind, m(0), min(r[0] for r in calm),
               max(r[0] for r in calm), m(1), m(2), m(3), len(calm))
