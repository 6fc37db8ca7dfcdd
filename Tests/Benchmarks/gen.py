#!/usr/bin/env python3
"""Deterministic generator of a messy "loans" table (CSV), streamed in chunks of 100k rows.

  gen.py --rows 1000000 --seed 1 --out CACHE/t_1m.csv [--gzip] [--zstd]

Rows are a pure function of (seed, row index): the first 100k rows of a 5M file are the 100k file.
20 columns, about 200 bytes a row. Missing values are written as "", "NA" or "?" (equal shares).
"""
import argparse, subprocess, sys
import numpy as np, pyarrow as pa, pyarrow.compute as pc

CHUNK = 100_000
TEXT = 0
HEADER = ("id,issue_date,amount,rate,income,dti,fico,balance,util,score,open_acc,delta,"
          "term,home,grade,state,city,employer,notes,target\n")
STATES = ("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
          "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY").split()
WORDS = ("debt consolidation for credit card home improvement medical bills car small business wedding moving "
         "vacation other paid on time since last year review pending verified income source needs follow up").split()


def zipf_p(n, s):
    p = 1.0 / np.arange(1, n + 1) ** s
    return p / p.sum()


def perm(n, key):  # decouple popularity rank from name order
    return np.random.default_rng(key).permutation(n)


CITY = pa.array([f"City {i:04d}" for i in range(1000)])
EMP = pa.array([(f"Employer {i:05d}, Inc" if i % 37 == 0 else f"Employer {i:05d} LLC") for i in range(50_000)])
CITY_CDF, EMP_CDF = np.cumsum(zipf_p(1000, 1.05)), np.cumsum(zipf_p(50_000, 1.05))
STATE_CDF = np.cumsum(zipf_p(50, 0.9))
GRADES = pa.array([f"{a}{b}" for a in "ABCD" for b in "123"])
GRADE_CDF = np.cumsum(zipf_p(12, 0.6))
HOMES = pa.array(["MORTGAGE", "RENT", "OWN", "LEASE", "OTHER"])
HOME_CDF = np.cumsum([0.49, 0.38, 0.10, 0.02, 0.01])
CITY_PERM, EMP_PERM, STATE_PERM = perm(1000, 11), perm(50_000, 12), perm(50, 13)
NOTE_POOL = None


def pick(values, cdf, g, n, p=None):
    i = np.minimum(np.searchsorted(cdf, g.random(n)), len(cdf) - 1)
    if p is not None:
        i = p[i]
    return values.take(pa.array(i))


def note_pool():
    """4096 distinct notes, most plain; some with commas, embedded quotes or newlines (already CSV-quoted)."""
    g = np.random.default_rng(99)
    out = []
    for i in range(4096):
        w = [WORDS[k] for k in g.integers(0, len(WORDS), g.integers(3, 12))]
        r = g.random()
        if r < 0.005:
            w.insert(2, "\n"); s = '"' + " ".join(w) + '"'
        elif r < 0.015:
            w[1] = '""' + w[1] + '""'; s = '"' + " ".join(w) + '"'
        elif r < 0.10:
            s = '"' + ", ".join([" ".join(w[:2]), " ".join(w[2:])]) + '"'
        else:
            s = " ".join(w)
        out.append(s)
    return pa.array(out)


def long_texts(size):
    """1024 texts of about `size` bytes as people write them: with commas, a quote here and there, so in quotes."""
    g = np.random.default_rng(98)
    words = np.array(WORDS + ["because,", "however,", "that is", 'the ""new"" one', "and then"])
    return pa.array(['"' + " ".join(words[g.integers(0, len(words), size // 5)])[:size].rstrip('"') + '"' for _ in range(1024)])


def markers(col, g, n, frac):
    if frac <= 0:
        return col
    u = g.random(n)
    mk = pa.array(["", "NA", "?"]).take(pa.array(g.integers(0, 3, n)))
    return pc.if_else(pa.array(u < frac), mk, col)


def s(x):
    return pc.cast(pa.array(x), pa.string())


def chunk(seed, k, n):
    global NOTE_POOL
    if NOTE_POOL is None:
        NOTE_POOL = note_pool()
    g = np.random.default_rng([seed, k])
    base = k * CHUNK
    risk = g.standard_normal(n)
    amount = np.clip(np.exp(g.normal(9.4, 0.6, n)), 500, 60000).astype(np.int64) // 25 * 25
    amount[g.random(n) < 0.002] *= 50                                  # fat-finger outliers
    rate = np.round(np.clip(12 + 4 * risk + g.normal(0, 1.5, n), 4.99, 36.0), 2)
    income = np.round(np.exp(g.normal(11.0, 0.65, n)), 2)
    income[g.random(n) < 0.003] *= 100
    income = np.round(income, 2)
    dti = np.round(np.abs(g.normal(17, 9, n)), 2)
    dti[g.random(n) < 0.004] = 999
    fico = np.clip(700 - 25 * risk + g.normal(0, 20, n), 560, 850).astype(np.int64)
    balance = np.round(np.exp(g.normal(8.5, 1.6, n)), 6)
    util = np.round(g.beta(2, 2.5, n) * 100, 4)
    e10 = np.log10(np.exp(g.normal(-13, 2.0, n)))                      # scientific notation: 1.234567e-06
    ex = np.floor(e10).astype(np.int64)
    mant = np.clip((10.0 ** (e10 - ex) * 1e6).astype(np.int64), 1_000_000, 9_999_999)
    ms = pc.cast(pa.array(mant), pa.string())
    score = pc.binary_join_element_wise(pc.utf8_slice_codeunits(ms, 0, 1), ".", pc.utf8_slice_codeunits(ms, 1, 7), "e",
                                        pc.cast(pa.array(ex), pa.string()), "")
    open_acc = g.poisson(11, n)
    delta = np.round(g.standard_t(2, n) * 10, 3)
    day = g.integers(0, 3287, n) + 16436                               # 2015-01-01 .. 2023-12-31
    date = pc.strftime(pa.array(day.astype(np.int32), pa.date32()), format="%Y-%m-%d")
    term = pa.array(["36 months", "60 months"]).take(pa.array((g.random(n) < 0.27).astype(np.int8)))
    home = pick(HOMES, HOME_CDF, g, n)
    grade = pick(GRADES, GRADE_CDF, g, n)
    state = pick(pa.array(STATES), STATE_CDF, g, n, STATE_PERM)
    city = pick(CITY, CITY_CDF, g, n, CITY_PERM)
    emp = pick(EMP, EMP_CDF, g, n, EMP_PERM)
    emp = pc.if_else(pc.match_substring(emp, ","), pc.binary_join_element_wise('"', emp, '"', ""), emp)
    notes = NOTE_POOL.take(pa.array(g.integers(0, len(NOTE_POOL), n)))
    target = (g.random(n) < 1 / (1 + np.exp(-(-1.6 + 0.8 * risk)))).astype(np.int64)
    cols = [s(np.arange(base, base + n) + 10_000_001), date, s(amount), markers(s(rate), g, n, .03),
            markers(s(income), g, n, .05), markers(s(dti), g, n, .04), s(fico), markers(s(balance), g, n, .06),
            markers(s(util), g, n, .03), markers(score, g, n, .08), s(open_acc), markers(s(delta), g, n, .05),
            term, markers(home, g, n, .03), markers(grade, g, n, .05), markers(state, g, n, .04),
            markers(city, g, n, .05), markers(emp, g, n, .06), notes,
            pa.array(["0\n", "1\n"]).take(pa.array(target))]
    if TEXT:
        cols.insert(-1, long_texts(TEXT).take(pa.array(np.arange(base, base + n) % 1024)))
    j = pc.binary_join_element_wise(*cols, ",")
    return j.buffers()[2]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--rows", type=int, required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", required=True)
    ap.add_argument("--gzip", action="store_true", help="also OUT.gz (gzip -6)")
    ap.add_argument("--zstd", action="store_true", help="also OUT.zst (zstd -3)")
    ap.add_argument("--text", type=int, default=0, help="a column `text` of about this many bytes before the target")
    a = ap.parse_args()
    global TEXT, HEADER
    if a.text:
        TEXT, HEADER = a.text, HEADER.replace(",target", ",text,target")
    with open(a.out, "wb") as f:
        f.write(HEADER.encode())
        k = 0
        while k * CHUNK < a.rows:
            n = min(CHUNK, a.rows - k * CHUNK)
            # always draw a full chunk so that a shorter file is a prefix of a longer one
            buf = chunk(a.seed, k, CHUNK)
            if n < CHUNK:
                import io
                b = buf.to_pybytes()
                # cut after n records (newlines inside quotes do not count)
                inq, cnt, pos = False, 0, 0
                for pos, c in enumerate(b):
                    if c == 34: inq = not inq
                    elif c == 10 and not inq:
                        cnt += 1
                        if cnt == n: break
                f.write(b[:pos + 1])
            else:
                f.write(memoryview(buf))
            k += 1
    if a.gzip: subprocess.check_call(["gzip", "-6", "-k", "-f", a.out])
    if a.zstd: subprocess.check_call(["zstd", "-3", "-q", "-k", "-f", a.out])


main()
