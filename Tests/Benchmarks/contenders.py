"""Who runs what: a job's contenders, and the proof that they do the same work before anything is timed."""
import json, os, pathlib, shutil, subprocess
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Contender:
    name: str
    kind: str                      # dlprep, peer or mark
    command: list
    output: pathlib.Path
    env: dict = field(default_factory=dict)
    needs: list = field(default_factory=list)      # (file, command that makes it): once, not timed
    rows: int = 0                                  # where it differs from the job's


@dataclass
class Job:
    """Contenders that do the same work; `agrees` says whether one's output is what it should be."""
    name: str
    size: str
    rows: int
    field: list
    agrees: Callable
    needs: list = field(default_factory=list)
    leftovers: list = field(default_factory=list)  # files that the proof needed, removed after it
    rounds: int = 0                                # where the form's number doesn't fit


@dataclass
class Bench:
    """What every job is made of: the binary, the tables, a place for outputs, and the form of the run."""
    dlprep: pathlib.Path
    package: pathlib.Path
    cache: object
    scratch: pathlib.Path
    form: str                      # quick, default or full
    twenty: bool = False
    peers: list = None
    notes: list = field(default_factory=list)

    @property
    def here(self):
        return self.cache.here

    def note(self, text):
        self.notes.append(text)
        print(f"note: {text}", flush=True)

    def python(self, script, *arguments):
        return [self.cache.python, "-B", self.here / script, *arguments]

    def wanted(self, name):
        return self.peers is None or name in self.peers


def execute(name, command, env=None):
    """Runs a command that isn't timed; says so if it fails."""
    done = subprocess.run([str(c) for c in command], env=os.environ | (env or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    if done.returncode:
        print(f"FAILED {name}: exit {done.returncode}: {' '.join(map(str, command))}\n{done.stdout.strip()[-2000:]}", flush=True)
    return done.returncode == 0


def made(name, needs, env=None):
    return all(path.exists() or execute(name, command, env) for path, command in needs)


def prove(job):
    """Runs everybody once, untimed, and keeps those whose output agrees: a fast wrong answer is no answer.

    Returns those that are left out.
    """
    kept, everybody = [], job.field
    if not made("the reference", job.needs):
        job.field = []
        return everybody
    for c in job.field:
        remove(c)
        if made(c.name, c.needs, c.env) and execute(c.name, c.command, c.env) and job.agrees(c):
            kept.append(c)
        remove(c)
    job.field = kept
    for path in job.leftovers:
        path.unlink(missing_ok=True)
    return [c for c in everybody if c not in kept]


def same_matrix(bench, reference, names, rows):
    """A matrix with the cells of the reference, column by column and by name; dlprep's names are in its feature map."""
    def agrees(c):
        found = c.output.with_suffix(".features.json")
        return subprocess.run([str(x) for x in bench.python("matrices.py", reference, names, c.output,
                                                            found if found.exists() else "-", c.name, rows)]).returncode == 0
    return agrees


def remove(contender):
    """Every run starts without an output: overwriting pages is cheaper than getting new ones."""
    for path in contender.output.parent.glob(contender.output.stem + ".*"):
        if path.suffix in (".npy", ".json", ".csv", ".dlprep") and not path.name.startswith("reference"):
            path.unlink()
