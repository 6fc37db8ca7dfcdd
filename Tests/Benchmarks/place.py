"""The cache folder: tables, virtual environment, and the hand-written mark `onepass`."""
import hashlib, pathlib, shutil, subprocess, sys, venv

PACKAGES = ["numpy", "pandas", "pyarrow", "polars", "duckdb", "scikit-learn", "joblib"]
OPTIONAL = ["feature_engine"]
ROWS = {"150": 150, "100k": 100_000, "1m": 1_000_000, "5m": 5_000_000}
# What these tables were when the numbers in README.md were taken.
MD5 = {"t_100k.csv": "ca7844d6e9c05314dbb06bf38969ef63", "t_1m.csv": "a716d6b9867287c4e23c1eae898a82ac"}


class Cache:
    def __init__(self, folder, here):
        self.folder, self.here = folder.resolve(), here
        self.python = self.folder / "venv/bin/python"
        self.onepass = self.folder / "onepass"

    def prepare(self, sizes, onepass):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.environment()
        # `apply` always measures an artifact that a full-sized table made, also for 150 rows.
        for size in ["150"] * ("1m" in sizes) + sizes:
            self.table("t", 1, size), self.table("s", 2, size)
        self.onepass_ready = onepass and self.build_onepass()

    def environment(self):
        if not self.python.exists():
            print(f"making a virtual environment in {self.folder / 'venv'}", flush=True)
            venv.create(self.folder / "venv", with_pip=True)
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([self.python, "-c", "import numpy, pandas, pyarrow, polars, duckdb, sklearn, joblib"],
                          stderr=subprocess.DEVNULL).returncode:
            subprocess.run(pip + PACKAGES, check=True)
            if subprocess.run(pip + OPTIONAL).returncode:
                print(f"note: {OPTIONAL} could not be installed; that peer is left out")

    def table(self, kind, seed, size):
        path = self.folder / f"{kind}_{size}.csv"
        if not path.exists():
            print(f"making {path}", flush=True)
            half = path.with_suffix(".part")
            subprocess.run([self.python, self.here / "gen.py", "--rows", str(ROWS[size]), "--seed", str(seed),
                            "--out", half], check=True)
            half.rename(path)
            if path.name in MD5 and (found := hashlib.md5(path.read_bytes()).hexdigest()) != MD5[path.name]:
                print(f"note: {path.name} has md5 {found}, expected {MD5[path.name]}: another numpy or pyarrow draws other "
                      "values. Ratios hold, absolute times may not compare with those in README.md")
        return path

    def build_onepass(self):
        if self.onepass.exists():
            return True
        if not shutil.which("g++"):
            print("note: onepass (the hand-written mark) is left out: no g++")
            return False
        made = subprocess.run(["g++", "-O3", "-march=native", "-std=c++20", self.here / "floor/onepass.cpp", "-o", self.onepass,
                               "-lpthread"], capture_output=True, text=True)
        if made.returncode:
            why = next((l for l in made.stderr.splitlines() if "error" in l), "g++ failed")
            print(f"note: onepass is left out: {why.strip()} (it needs libfast-float-dev and AVX-512)")
        return made.returncode == 0
