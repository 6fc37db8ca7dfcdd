"""Cases for stages that bend, spread or drop numbers: powers, quantiles, splines, functions, periods."""
import warnings
import numpy as np
import pandas as pd
from feature_engine.creation import CyclicalFeatures
from feature_engine.imputation import EndTailImputer
from feature_engine.selection import DropConstantFeatures
from scipy import optimize, special, stats
from sklearn.preprocessing import PowerTransformer, QuantileTransformer, SplineTransformer, StandardScaler
from skrub import SquashingScaler

from case import Case
from quantities import columnwise, fitted

DIFFERENCES = [
    ("power_transform", "The likelihood of a power is flat at its top, so scikit-learn's search, which compares likelihoods, ends about 1e-8 "
     "to 1e-7 beside it. Here the slope is followed to the last digits; the expectation takes the power there with scipy's formulas, having "
     "checked that scipy's own likelihood is no smaller. Beyond -5 and 5 the search stops at the bound. Where numbers lie so close together "
     "beside their mean that the bent ones differ in their last digits only (years, say), scikit-learn's search ends anywhere: such columns "
     "are compared by their power, not standardized, with a note."),
    ("cyclical", "Whole periods are taken off first; feature-engine doesn't, so columns of larger numbers are left out."),
    ("math", "Where numpy has an infinity or NaN, there is a missing value."),
    ("drop_constant, drop_near_constant, drop_missing_columns", "All columns may go; feature-engine refuses to drop the last one."),
]

BOUNDS = (-5, 5)


def curve(family, x, power):
    """What scipy's transform makes of numbers; missing ones stay missing."""
    made, seen = np.full(len(x), np.nan), ~np.isnan(x)
    made[seen] = special.boxcox(x[seen], power) if family == "box_cox" else stats.yeojohnson(x[seen], power)
    return made


def one_sided(family, t, power):
    """Numbers above 0 and a power by which Box-Cox is the same curve; none where Yeo-Johnson crosses 0."""
    if family == "box_cox":
        return t, power, 1
    if (t >= 0).all():
        return 1 + t, power, 1
    return (1 - t, 2 - power, -1) if (t < 0).all() else None


def likelihood(family, t, power):
    """scipy's log-likelihood; where it can be, that of Box-Cox, which scipy computes by logarithms."""
    side = one_sided(family, t, power)
    return stats.boxcox_llf(side[1], side[0]) if side else stats.yeojohnson_llf(power, t)


def slope(family, t, power):
    """The slope of that in the power, by complex steps of the curve."""
    step = 1e-20
    if side := one_sided(family, t, power):
        u, p, sign = np.log(side[0]), side[1] + 1j * step, side[2]
        u = u - (u.max() if side[1] > 0 else u.min())      # only ratios matter
        y, jacobian = np.expm1(p * u) / p if side[1] else u * (1 + p * u / 2), u.mean()
    else:
        u, sign, p = np.log1p(np.abs(t)), 1, power + 1j * step
        q = np.where(t >= 0, p, 2 - p)
        y, jacobian = np.where(t >= 0, 1, -1) * np.expm1(q * u) / q, (np.sign(t) * u).mean()
    centered = y.real - y.real.mean()
    return sign * (jacobian - (centered * (y.imag / step)).mean() / (centered ** 2).mean())


def best_power(family, t):
    """scikit-learn's power, and that where scipy's likelihood is truly the greatest within the bounds."""
    t = t[~np.isnan(t)]
    theirs = PowerTransformer(method=family.replace("_", "-")).fit(t.reshape(-1, 1)).lambdas_[0]
    low, high = (slope(family, t, b) for b in BOUNDS)
    ours = BOUNDS[0] if low <= 0 else BOUNDS[1] if high >= 0 else optimize.brentq(lambda p: slope(family, t, p), *BOUNDS, xtol=1e-15)
    if BOUNDS[0] < ours < BOUNDS[1]:
        top = likelihood(family, t, ours)
        assert top >= likelihood(family, t, theirs) - 1e-12 * abs(top), (family, ours, theirs)
    return theirs, float(ours)


def powers(data):
    varied = [c for c in data.numeric if len(set(data.train.cells[c]) - {None}) > 1]
    for family, columns in [("yeo_johnson", varied), ("box_cox", [c for c in varied if not (data.all.number(c) <= 0).any()])]:
        if not columns:
            continue
        found = {c: best_power(family, data.train.number(c)) for c in columns}

        def one(t, x, c, which, standardize=True, family=family, found=found):
            power = found[c][which]
            made = curve(family, x, power)
            if not standardize:
                return {c: made}
            return {c: StandardScaler().fit(curve(family, t, power).reshape(-1, 1)).transform(made.reshape(-1, 1))[:, 0]}

        def spreads(c):
            """Whether the curve leaves more than the last digits to tell the numbers apart."""
            made = curve(family, data.train.number(c), found[c][1])
            return np.nanstd(made) > 1e-5 * np.nanmax(np.abs(made))
        steps = lambda columns, **more: [{"power_transform": {"columns": columns, "method": family} | more}]
        yield Case(f"power_transform {family}, not standardized", steps(columns, standardize=False), columns,
                   columnwise(columns, lambda t, x, c, one=one: one(t, x, c, 1, False)), tolerance=1e-8,
                   learned=lambda train, found=found, columns=columns: {c: {"lambda": found[c][1]} for c in columns})
        wide = [c for c in columns if spreads(c)]
        if lost := [c for c in columns if c not in wide]:
            print(f"  note: {data.name}: standardized {family} leaves out {', '.join(lost)}: its power leaves only last digits to differ")
        if wide:
            yield Case(f"power_transform {family}", steps(wide), wide,
                       columnwise(wide, lambda t, x, c, one=one: one(t, x, c, 1)), tolerance=1e-8)
        inside = [c for c in wide if abs(found[c][0] - found[c][1]) <= 1e-6 * max(1, abs(found[c][1]))]
        if lost := [c for c in wide if c not in inside and BOUNDS[0] < found[c][1] < BOUNDS[1]]:
            print(f"  note: {data.name}: scikit-learn's own {family} power leaves out {', '.join(lost)}: its search ends away from the top")
        if inside:
            yield Case(f"power_transform {family}, power as scikit-learn finds it", steps(inside), inside,
                       columnwise(inside, lambda t, x, c, one=one: one(t, x, c, 0)), tolerance=1e-6)


def quantiles(data):
    n = data.numeric
    for count, output in [(1000, "uniform"), (1000, "normal"), (17, "uniform"), (17, "normal")]:
        yield Case(f"quantile_transform {count} {output}", [{"quantile_transform": {"columns": n, "n_quantiles": count, "output": output}}], n,
                   fitted(n, QuantileTransformer(n_quantiles=count, output_distribution=output, subsample=None)), scaled=True)


def squashes(data):
    n = data.numeric
    for bound, low, high in [(3, 0.25, 0.75), (1.5, 0.1, 0.6)]:
        def one(t, x, c, bound=bound, low=low, high=high):
            scaler = SquashingScaler(max_absolute_value=bound, quantile_range=(low * 100, high * 100)).fit(t.reshape(-1, 1))
            return {c: scaler.transform(x.reshape(-1, 1))[:, 0]}
        yield Case(f"squash {bound}", [{"squash": {"columns": n, "bound": bound, "quantiles": [low, high]}}], n, columnwise(n, one))


def splines(data):
    n = data.numeric
    for options in [{}, {"placement": "quantile", "extrapolation": "linear"}, {"extrapolation": "periodic", "degree": 2, "bias": False},
                    {"knots": 9, "degree": 4, "extrapolation": "continue"}, {"knots": 3, "degree": 1, "placement": "quantile"}]:
        theirs = SplineTransformer(
            n_knots=options.get("knots", 5), degree=options.get("degree", 3), knots=options.get("placement", "uniform"),
            extrapolation=options.get("extrapolation", "constant"), include_bias=options.get("bias", True), handle_missing="zeros")

        def one(t, x, c, theirs=theirs):
            made = theirs.fit(t.reshape(-1, 1)).transform(x.reshape(-1, 1))
            return {f"{c}_sp_{i}": made[:, i] for i in range(made.shape[1])}
        label = " ".join(str(v) for v in options.values()) or "defaults"
        yield Case(f"spline {label}", [{"spline": {"columns": n} | options}], n, columnwise(n, one))


def functions(data):
    n = data.numeric

    def case(label, options, function):
        def one(t, x, c):
            made = function(x)
            return {c: np.where(np.isfinite(made), made, np.nan)}
        return Case(f"math {label}", [{"math": {"columns": n} | options}], n, columnwise(n, one))
    plain = {"abs": np.abs, "arcsine": lambda x: np.arcsin(np.sqrt(x)), "asinh": np.arcsinh, "cbrt": np.cbrt, "exp": np.exp,
             "expm1": np.expm1, "log": np.log, "log10": np.log10, "log1p": np.log1p, "log2": np.log2, "logit": special.logit,
             "reciprocal": np.reciprocal, "sigmoid": special.expit, "sinh": np.sinh, "sqrt": np.sqrt, "square": np.square, "tanh": np.tanh}
    for name, function in plain.items():
        yield case(name, {"function": name}, function)
    yield case("log to base 3 with an offset", {"function": "log", "base": 3, "offset": 0.5}, lambda x: np.log(x + 0.5) / np.log(3))
    yield case("exp to base 0.5", {"function": "exp", "base": 0.5}, lambda x: np.power(0.5, x))


def periods(data):
    # feature-engine multiplies x as it is: beyond, the rounding of its angle shows.
    n = [c for c in data.numeric if np.nanmax(np.abs(data.all.number(c))) <= 3000]
    for period in [24, 365.2425]:
        def one(t, x, c, period=period):
            made = CyclicalFeatures(max_values={c: period}).fit(pd.DataFrame({c: [1.0]})).transform(pd.DataFrame({c: np.nan_to_num(x)}))
            return {f"{c}_{part}": np.where(np.isnan(x), np.nan, made[f"{c}_{part}"]) for part in ["sin", "cos"]}
        if n:
            yield Case(f"cyclical {period}", [{"cyclical": {"columns": n, "period": period}}], n, columnwise(n, one))


def tails(data):
    n = data.numeric
    for ours, theirs in [("zscore", "gaussian"), ("iqr", "iqr"), ("max", "max")]:
        for tail in ["right"] if ours == "max" else ["left", "right"]:
            def one(t, x, c, theirs=theirs, tail=tail):
                made = EndTailImputer(theirs, tail, fold=2).fit(pd.DataFrame({c: t})).transform(pd.DataFrame({c: x}))
                return {c: made[c].to_numpy(float)}
            step = {"columns": n, "strategy": "end_of_tail", "method": ours, "tail": tail, "factor": 2}
            yield Case(f"impute end_of_tail {ours} {tail}", [{"impute": step}], n, columnwise(n, one))


def drops(data):
    """Which columns are left: numbers, and for the tensor nothing else."""
    n = data.numeric

    def case(label, step, goes):
        left = [c for c in n if not goes(data.train.number(c))]
        if left:
            return [Case(label, [step], n, lambda train, rows, training: {c: rows.number(c) for c in left}, exact=True)]
        return []

    def constant(t):
        dropper = DropConstantFeatures(missing_values="ignore")
        # It refuses to drop everything, so a column that stays stands beside.
        return not np.isfinite(t).any() or "c" in dropper.fit(pd.DataFrame({"c": t, "other": np.arange(len(t))})).features_to_drop_
    yield from case("drop_constant", {"drop_constant": {"columns": n}}, constant)

    def near_constant(ratio, percent):
        def goes(t):
            counts = pd.Series(t).value_counts().to_numpy()       # the rule of recipes 1.3, R/nzv.R
            if len(counts) <= 1:
                return True
            return counts[0] / counts[1] > ratio and 100 * len(counts) / len(t) <= percent
        return goes
    yield from case("drop_near_constant", {"drop_near_constant": {"columns": n}}, near_constant(19, 10))
    yield from case("drop_near_constant 1.5 5", {"drop_near_constant": {"columns": n, "freq_ratio": 1.5, "unique_percent": 5}},
                    near_constant(1.5, 5))
    shares = {float(np.isnan(data.train.number(c)).mean()) for c in n}
    for share in sorted({0.0, 0.1} | shares)[:4]:
        yield from case(f"drop_missing_columns {share:.3g}", {"drop_missing_columns": {"columns": n, "max_share": share}},
                        lambda t, share=share: np.isnan(t).mean() > share)
    yield Case("reorder", [{"reorder": {"columns": n[1:][::-1]}}], n,
               lambda train, rows, training: {c: rows.number(c) for c in n[1:][::-1] + n[:1]}, exact=True)


def cases(data):
    if data.numeric:
        for group in [powers, quantiles, squashes, splines, functions, periods, tails, drops]:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore")
                yield from group(data)
