#!/usr/bin/env python3
"""Odd inputs against the release binary: the exact table, or the right error in the right place.

    swift build -c release && Tests/Corpora/run.py [BINARY]

The cases are not part of this repository: they lie in ../shared/corpora/own (or DLPREP_SHARED); without
them the run is skipped. Each goes through `dlprep convert --text`, as it comes and in blocks of 17 bytes.
What is packed in other ways than gzip is left out.
"""
import csv, hashlib, io, json, os, pathlib, re, sys, tempfile, time

PACKAGE = pathlib.Path(__file__).resolve().parent.parent.parent
UNREAD = {b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x50\x2a\x4d\x18": "zstd"}
PLACE = re.compile(r"^(?P<file>.*?)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?: (?P<class>[a-z]+): .")
csv.field_size_limit(1 << 30)


def corpora():
    given = os.environ.get("DLPREP_SHARED")
    folders = [pathlib.Path(given)] if given else [PACKAGE.parent / "shared", PACKAGE.parent.parent / "shared"]
    return next((f / "corpora/own" for f in folders if (f / "corpora/own/cases.jsonl").exists()), None)


def chosen(case, folder):
    """Whether this reader is meant to take the case."""
    if case["format"] not in ("csv", "jsonl", "compress"):
        return False
    start = (folder / case["file"]).open("rb").read(8)
    return not any(start.startswith(magic) for magic in UNREAD) and not case["file"].endswith((".zst", ".bz2", ".xz"))


def run(binary, case, folder, scratch, block):
    """The exit code, standard error, seconds, MiB and the bytes of the output (None: no file)."""
    out = scratch / "out.csv"
    command = [str(binary), "convert", "--text", case["file"], "-o", str(out), *case["args"]]
    if block:
        command += ["--block-bytes", str(block)]
    errors = scratch / "errors"
    start = time.monotonic()
    process = os.posix_spawn(
        command[0], command, dict(os.environ, SWIFT_BACKTRACE="enable=no"),
        file_actions=[(os.POSIX_SPAWN_OPEN, 2, str(errors), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)])
    _, status, usage = os.wait4(process, 0)
    seconds = time.monotonic() - start
    table = out.read_bytes() if out.exists() else None
    left = [p for p in scratch.iterdir() if p.name not in ("errors", "out.csv")]
    for path in left + ([out] if table is not None else []):
        path.unlink()
    text = errors.read_text("utf-8", "backslashreplace")
    if left:
        text = f"litter: {left[0].name}\n" + text
    return os.waitstatus_to_exitcode(status), text, seconds, usage.ru_maxrss / 1024, table


def digest(table):
    """The hash that the cases give: fields joined by 0x1F, each record ended by 0x1E."""
    total = hashlib.sha256()
    records = 0
    for record in csv.reader(io.StringIO(table.decode("utf-8"), newline=""), strict=True):
        total.update("\x1f".join(record).encode() + b"\x1e")
        records += 1
    return total.hexdigest(), records - 1


def verdict(case, code, text, table, seconds, mebibytes, timed):
    """What is wrong; None: nothing."""
    limits = case.get("limits") or {}
    if timed and seconds > limits.get("seconds", 60):
        return f"took {seconds:.1f} s"
    if timed and mebibytes > limits.get("rss_mib", 1 << 20):
        return f"took {mebibytes:.0f} MiB"
    if text.startswith("litter"):
        return text.splitlines()[0]
    if case["expect"] == "ok" or (case.get("or_ok_table") and code == 0):
        if code != 0:
            return f"exit {code}: {text.strip()}"
        found, rows = digest(table)
        expected = case.get("cells_sha256") or case.get("or_ok_table")
        if isinstance(expected, str) and found != expected:
            return "another table"
        return None if case.get("rows") in (None, rows) else f"{rows} rows"
    if code not in (2, 3, 4, 5) or table is not None:
        return f"exit {code}{', a file was left' if table is not None else ''}: {text.strip()}"
    lines = [line for line in text.splitlines() if not line.startswith(("note: ", "warning: "))]
    place = PLACE.match(lines[0]) if lines else None
    if not place or len(lines) != 1:
        return f"no error of our form: {text.strip()}"
    if place["class"] != case["error"]:
        return f"class {place['class']}, not {case['error']}: {lines[0]}"
    for key in ("line", "column"):
        if case[key] is not None and place[key] != str(case[key]):
            return f"{key} {place[key]}, not {case[key]}: {lines[0]}"
    return None


def main():
    binary = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else PACKAGE / ".build/release/dlprep").resolve()
    folder = corpora()
    if folder is None:
        print("note: corpora are skipped: no ../shared/corpora/own")
        return 0
    cases = [json.loads(line) for line in (folder / "cases.jsonl").open()]
    taken = [case for case in cases if chosen(case, folder)]
    os.chdir(folder)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for case in taken:
            is_large = bool(case.get("limits")) or (folder / case["file"]).stat().st_size > 4 << 20
            for block in [None] if is_large else [None, 17]:
                wrong = verdict(case, *(lambda r: (r[0], r[1], r[4], r[2], r[3]))(
                    run(binary, case, folder, pathlib.Path(scratch), block)), block is None)
                if wrong is None:
                    passed += 1
                else:
                    failed += 1
                    print(f"FAILED {case['id']}{' in blocks of 17' if block else ''}: {wrong}"[:600])
    print(f"{len(taken)} of {len(cases)} cases, {len(cases) - len(taken)} of other formats left out")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
