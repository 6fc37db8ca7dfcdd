"""The files with cases: all here that have a function `cases`.

Beside it such a file may have `REASONS`, {stage: why it has no case}, and `DIFFERENCES`, [(stages, what is meant to
differ, and why)]. Nothing needs to be listed anywhere.
"""
import importlib, pathlib


def _names():
    here = pathlib.Path(__file__).resolve().parent
    return sorted(p.stem for p in here.glob("*.py") if "\ndef cases(" in p.read_text())


ORDER = _names()


def named(name):
    return importlib.import_module(name)


def gathered(attribute, empty):
    """What all files say under a name."""
    return [(name, getattr(named(name), attribute, empty)) for name in ORDER]


def reasons():
    """{stage: why it has no case}"""
    return {stage: reason for _, found in gathered("REASONS", {}) for stage, reason in found.items()}


def differences():
    """[(stages, what is meant to differ, and why)]"""
    return [entry for _, found in gathered("DIFFERENCES", []) for entry in found]
