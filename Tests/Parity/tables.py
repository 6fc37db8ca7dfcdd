"""Real tables as their bytes stand, cut into a training part, and read by Python's own csv module."""
import csv, functools, io, os, pathlib
import numpy as np

ADULT = ("age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain "
         "capital_loss hours_per_week native_country income").split()
NULLS = {"", "NA"}

# name: files, ids that no stage sees, targets with their type
TABLES = {
    "adult": (["adult-train.csv", "adult-test.csv"], [], {"income": "category"}),
    "titanic": (["titanic.csv"], ["name"], {"survived": "bool"}),
    "ames": (["ames.csv"], ["rownames"], {"Sale_Price": "float"}),
    "credit_data": (["credit_data.csv"], ["rownames"], {"Status": "category"}),
    "nycflights": (["nycflights.csv"], ["rownames"], {"arr_delay": "integer"}),
    "loans": (["loans_full_schema.csv"], ["rownames"], {"grade": "category", "interest_rate": "float"}),
    "taxis": (["taxis.csv"], [], {}),
    "penguins": (["penguins_raw.csv"], ["rownames"], {}),
}

DATES = {
    "taxis": {"pickup": "timestamp", "dropoff": "timestamp"},
    "penguins": {"Date Egg": "date"},
    "nycflights": {"date": "date"},
}


def shared():
    """The folder of the tables: beside the package, one level further up, or where DLPREP_SHARED says."""
    root = pathlib.Path(__file__).resolve().parent.parent.parent
    tried = [os.environ.get("DLPREP_SHARED"), root.parent / "shared", root.parent.parent / "shared"]
    for folder in tried:
        if folder and (pathlib.Path(folder) / "data").is_dir():
            return pathlib.Path(folder) / "data"
    return None


def records(data):
    """The records of a CSV file with their line ends; a line end inside quotes does not count."""
    found, open_record = [], b""
    for line in data.split(b"\n"):
        open_record += line + b"\n"
        if open_record.count(b'"') % 2 == 0:
            found.append(open_record)
            open_record = b""
    return [r for r in found if r.strip()]


class Table:
    """Columns of raw text, None where a cell is missing."""

    def __init__(self, name, raw, header, trim, nulls):
        self.name, self.raw, self.header = name, raw, header
        self.cells = {h: [] for h in header}
        for row in csv.reader(io.StringIO(b"".join(raw).decode(), newline="")):
            for h, cell in zip(header, row, strict=True):
                cell = cell.strip() if trim else cell
                self.cells[h].append(None if cell in nulls else cell)
        self.rows = len(raw)
        assert all(len(c) == self.rows for c in self.cells.values()), name

    @functools.cache
    def number(self, column):
        """A column as numbers; read once, so not to be written to."""
        made = np.array([np.nan if c is None else float(c) for c in self.cells[column]])
        made.flags.writeable = False
        return made

    @functools.cache
    def text(self, column):
        """A column as text; read once, so not to be written to."""
        made = np.array([np.nan if c is None else c for c in self.cells[column]], dtype=object)
        made.flags.writeable = False
        return made

    @functools.cache
    def distinct(self, column):
        """The distinct cells of a column, and for each row the position of its own: for slow peers that treat rows alike."""
        places = {}
        rows = np.array([places.setdefault(c, len(places)) for c in self.cells[column]])
        return list(places), rows

    def numbers(self, columns):
        return np.column_stack([self.number(c) for c in columns])

    def texts(self, columns):
        return np.column_stack([self.text(c) for c in columns])


class Data:
    """One real table: all of it, and four rows in five to learn from."""

    def __init__(self, name, folder):
        files, ids, self.targets = TABLES[name]
        self.name, headless = name, name == "adult"
        raw = [r for f in files for r in records((folder / f).read_bytes())]
        head = b"" if headless else raw.pop(0)
        header = ADULT if headless else next(csv.reader([head.decode()]))
        raw, self.head, added = extended(raw, head, name, headless)
        header = header + added
        self.input = {"null_values": ["?"], "header": False, "columns": header, "trim": True} if headless else {
            "null_values": sorted(NULLS)}
        nulls = {"?"} if headless else NULLS
        make = lambda rows: Table(name, rows, header, headless, nulls)
        self.all = make(raw)
        self.train = make([r for i, r in enumerate(raw) if i % 5])
        self.header = header
        self.types = {h: self.type(self.all.cells[h]) for h in header if h not in ids + added and h not in self.targets}
        self.dates = DATES.get(name, {})
        self.types |= self.dates
        self.numeric = [h for h, t in self.types.items() if t in ("integer", "float")]
        self.categories = [h for h, t in self.types.items() if t == "category"]

    @staticmethod
    def type(cells):
        """Whether every cell is a whole number, a number or just text (by Python's own readers)."""
        for kind, read in [("integer", int), ("float", float)]:
            try:
                for c in cells:
                    if c is not None:
                        read(c)
                return kind
            except ValueError:
                pass
        return "category"

    def write(self, folder):
        """Both parts as files: the records of the original, byte for byte, and the added columns behind."""
        for part, name in [(self.train, "train.csv"), (self.all, "all.csv")]:
            (folder / name).write_bytes(self.head + b"".join(part.raw))


def extended(raw, head, name, headless):
    """Puts columns of folds and of row numbers behind each record, and for nycflights the date of its three columns."""
    added = {"fold": [str((i * 7919 + i // 13) % 5) for i in range(len(raw))], "row": [str(i) for i in range(len(raw))]}
    if name == "nycflights":
        y, m, d = (next(csv.reader([head.decode()])).index(c) for c in ["year", "month", "day"])
        rows = csv.reader(io.StringIO(b"".join(raw).decode(), newline=""))
        added["date"] = [f"{int(r[y])}-{int(r[m]):02}-{int(r[d]):02}" for r in rows]
    end = lambda record: b"\r\n" if record.endswith(b"\r\n") else b"\n"
    longer = [r.removesuffix(end(r)) + b"," + b",".join(v[i].encode() for v in added.values()) + end(r) for i, r in enumerate(raw)]
    return longer, b"" if headless else head.removesuffix(end(head)) + b"," + ",".join(added).encode() + end(head), list(added)
