"""One process at a time: wall clock, CPU and peak memory from wait4, in interleaved rounds."""
import os, statistics, time
from dataclasses import dataclass

import contenders as c

TICK = 1 / os.sysconf("SC_CLK_TCK")      # the kernel's clock for all CPU seconds but the process's own


@dataclass
class Row:
    job: str
    size: str
    name: str
    kind: str
    wall: float
    low: float
    high: float
    cpu: float
    rss: float          # MiB; the kernel counts this script's own ten or so before the exec too
    busy: float         # cores that others kept busy meanwhile: above 0.1 the wall time is an upper bound
    runs: int


def busy():
    """CPU seconds of the whole machine since it started, where the kernel tells."""
    try:
        with open("/proc/stat") as f:
            v = [int(x) for x in f.readline().split()[1:]]
        return (v[0] + v[1] + v[2] + v[5] + v[6]) * TICK
    except OSError:
        return 0.0


def once(contender):
    command, env = [str(x) for x in contender.command], os.environ | contender.env
    before, start = busy(), time.perf_counter()
    null = os.open(os.devnull, os.O_WRONLY)
    pid = os.posix_spawn(command[0], command, env, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(null)
    cpu = used.ru_utime + used.ru_stime
    if status:
        raise SystemExit(f"{contender.name} failed while timed, exit {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    scale = 1024 if os.uname().sysname == "Linux" else 1 << 20
    return wall, cpu, used.ru_maxrss / scale, max(0.0, busy() - before - cpu) / max(wall, 0.02)


def rounds(field, job, size, count):
    """Everybody once, then everybody again: what disturbs the machine then disturbs all alike."""
    print(f"timing {job} at {size}: {count} rounds of {len(field)}", flush=True)
    for path in {x for f in field for x in f.command if str(x).endswith(".csv")}:
        with open(path, "rb") as f:
            while f.read(1 << 20):
                pass
    seen = {f.name: [] for f in field}
    for _ in range(count):
        for f in field:
            c.remove(f)
            seen[f.name].append(once(f))
            c.remove(f)
    rows = []
    for f in field:
        runs = seen[f.name]
        calm = [r for r in runs if r[3] <= 0.10 + 2 * TICK / r[0]] or runs
        m = lambda i: statistics.median(r[i] for r in calm)
        rows.append(Row(job, size, f.name, f.kind, m(0), min(r[0] for r in calm), max(r[0] for r in calm), m(1), m(2), m(3), len(calm)))
    return rows
