"""The cache folder: tables, virtual environment, and the hand-written mark `onepass`."""
import hashlib, os, pathlib, shutil, subprocess, venv

PACKAGES = ["numpy", "pandas", "pyarrow", "polars", "duckdb", "scikit-learn", "joblib"]
OPTIONAL = ["feature_engine"]
ROWS = {"150": 150, "100k": 100_000, "1m": 1_000_000, "5m": 5_000_000, "20m": 20_000_000}
SEEDS = {"t": 1, "s": 2}
TEXT = 500                               # bytes of text in each row of an x table, which is the s table otherwise
# What these tables were when the numbers in README.md were taken.
MD5 = {"t_100k.csv": "ca7844d6e9c05314dbb06bf38969ef63", "t_1m.csv": "a716d6b9867287c4e23c1eae898a82ac"}


class Cache:
    def __init__(self, folder, here):
        self.folder, self.here = folder.resolve(), here
        self.python = self.folder / "venv/bin/python"
        self.onepass = self.folder / "onepass"
        self.onepass_ready = False

    def prepare(self, onepass):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.environment()
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

    def make(self, name, command):
        """A table that isn't there yet, under its name only when it is whole."""
        path = self.folder / name
        if not path.exists():
            print(f"making {path}", flush=True)
            half = path.with_suffix(".part")
            command(half)
            half.rename(path)
        return path

    def generate(self, script, *arguments):
        return lambda out: subprocess.run([self.python, "-B", self.here / script, *map(str, arguments), "--out", out], check=True)

    def loans(self, kind, size):
        """t: to learn from; s: another draw; x: s with a long text that nobody uses."""
        name = f"{kind}_{size}.csv"
        new = not (self.folder / name).exists()
        path = self.make(name, self.generate("gen.py", "--rows", ROWS[size], "--seed", SEEDS.get(kind, 2),
                                             *(["--text", TEXT] if kind == "x" else [])))
        if new and name in MD5 and (found := hashlib.md5(path.read_bytes()).hexdigest()) != MD5[name]:
            print(f"note: {name} has md5 {found}, expected {MD5[name]}: another numpy or pyarrow draws other values. Ratios "
                  "hold, absolute times may not compare with those in README.md")
        return path

    def packed(self, path):
        def gzip(out):
            with open(out, "wb") as f:
                subprocess.run(["gzip", "-6", "-c", path], stdout=f, check=True)
        return self.make(path.name + ".gz", gzip)

    def wide(self, kind, rows):
        return self.make(f"wide_{kind}_{rows}.csv", self.generate("gen_wide.py", "--rows", rows, "--seed", SEEDS[kind]))

    def adult(self, kind, copies, data):
        """A file of UCI Adult again and again. Its rows stay those of one file, the fitted state nearly so."""
        once = (data / f"adult-{'train' if kind == 't' else 'test'}.csv").read_bytes().strip() + b"\n"

        def repeat(out):
            with open(out, "wb") as f:
                for _ in range(copies):
                    f.write(once)
        return self.make(f"adult_{kind}_{copies}.csv", repeat), once.count(b"\n") * copies

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


def shared_data(package):
    """The folder of real tables beside the package, where there is one."""
    given = os.environ.get("DLPREP_SHARED")
    folders = [pathlib.Path(given)] if given else [package.parent / "shared", package.parent.parent / "shared"]
    return next((f / "data" for f in folders if (f / "data/adult-train.csv").exists()), None)
