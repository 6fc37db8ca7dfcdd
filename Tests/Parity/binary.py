"""Runs dlprep: writes the pipeline of a case, fits and applies it, and reads what it wrote."""
import csv, json, subprocess
import numpy as np


class Failed(Exception):
    pass


def pipeline(data, case):
    """The file of a case: every column declared, all that take no part ignored. JSON is YAML."""
    columns = {h: {"role": "ignore"} for h in data.header}
    columns |= {c: {"type": case.types.get(c, data.types.get(c, "text"))} for c in case.columns}
    if case.target:
        columns[case.target] = {"type": data.targets[case.target], "role": "target"}
    columns |= {c: {"type": data.types.get(c, "integer"), "role": role} for c, role in case.roles.items()}
    return {"dlprep": 1, "name": "parity", "input": data.input, "schema": {"columns": columns}, "steps": case.steps,
            "output": {"dtype": "float64", "limits": {"columns": 20000}}}


class Binary:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def run(self, *arguments):
        done = subprocess.run([self.path, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, errors="replace")
        if done.returncode:
            raise Failed(f"exit {done.returncode}: dlprep {' '.join(map(str, arguments))}: {done.stderr.strip()[:600]}")

    def outputs(self, data, case, route):
        """The training output of train.csv, and the serving output of all.csv."""
        (self.folder / "case.yaml").write_text(json.dumps(pipeline(data, case), ensure_ascii=False))
        # Where both are asked for, the one fit that gives both is enough; titanic goes the other way as well.
        if case.training_only or data.name == "titanic":
            self.run("apply", "case.yaml", "train.csv", "-o", f"training.{route}")
            yield True, self.read(f"training.{route}", data, case)
        if not case.training_only:
            self.run("fit", "case.yaml", "train.csv", "-o", "case.dlprep", "--features", f"training.{route}")
            if data.name != "titanic":
                yield True, self.read(f"training.{route}", data, case)
            self.run("apply", "case.dlprep", "all.csv", "-o", f"serving.{route}")
            yield False, self.read(f"serving.{route}", data, case)

    def artifact(self):
        return json.loads((self.folder / "case.dlprep").read_text())

    def read(self, name, data, case):
        path = self.folder / name
        if path.suffix == ".npy":
            names = [f["name"] for f in json.loads(path.with_suffix(".features.json").read_text())["features"]]
            matrix = np.load(path)
            if matrix.dtype != np.float64 or matrix.ndim != 2 or matrix.shape[1] != len(names):
                raise Failed(f"{name}: {matrix.dtype} {matrix.shape} with {len(names)} names")
            return list(zip(names, matrix.T))
        null = data.input["null_values"][0]
        with open(path, newline="", encoding="utf-8") as f:
            rows = csv.reader(f)
            names = next(rows)
            columns = list(zip(*rows, strict=True))
        beside = {case.target, *case.roles}
        read = (lambda v: np.nan if v == null else v) if case.text else (lambda v: np.nan if v == null else float(v))
        return [(n, np.array([read(v) for v in c], dtype=object if case.text else float))
                for n, c in zip(names, columns) if n not in beside]
