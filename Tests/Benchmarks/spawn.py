"""spawn.py COMMAND...: runs it with its output thrown away, and prints what it took.

A process of its own because the kernel counts what a parent held before the `exec` as its child's peak: this one imports
nothing that it can do without. Prints exit status, wall seconds, CPU seconds, the kernel's maxrss, the CPU seconds of the
whole machine meanwhile, and its own maxrss.
"""
import os, sys, time


def busy():
    """CPU seconds of the whole machine since it started, where the kernel tells."""
    try:
        with open("/proc/stat") as f:
            v = [int(x) for x in f.readline().split()[1:]]
        return (v[0] + v[1] + v[2] + v[5] + v[6]) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


null = os.open(os.devnull, os.O_WRONLY)
before, start = busy(), time.perf_counter()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ,
                     file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - start
machine = busy() - before
with open("/proc/self/status" if os.path.exists("/proc/self/status") else os.devnull) as f:
    own = next((line.split()[1] for line in f if line.startswith("VmHWM")), 0)
print(os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss, machine, own)
