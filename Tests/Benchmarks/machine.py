"""What the machine is, and what else it was doing."""
import os, platform


def model():
    """The processor's name, where the system tells."""
    try:
        with open("/proc/cpuinfo") as f:
            return next((line.split(":")[1].strip() for line in f if line.startswith("model name")), platform.processor())
    except OSError:
        return platform.processor()


def memory():
    """Available memory in GiB; without an answer, enough."""
    try:
        with open("/proc/meminfo") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("MemAvailable")) / (1 << 20)
    except OSError:
        return 1e9


def load():
    return " ".join(f"{x:.2f}" for x in os.getloadavg())


def describe():
    return {"processor": model(), "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}",
            "available GiB": round(memory(), 1), "load": load()}
