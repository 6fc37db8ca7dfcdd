"""One comparison: steps for dlprep, and what the other library says should come of them."""
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Case:
    label: str
    steps: list                       # the pipeline's steps
    columns: list                     # the input columns that take part; all others are ignored
    # (train, rows, training) -> {output column: float64 array, or object array of text with NaN for missing};
    # `training` says whether the training output is asked for, which some stages make different.
    expect: Callable
    exact: bool = False               # indicators, codes, dates, text: equal, not close
    text: bool = False                # compared through CSV instead of .npy
    order: bool = True                # whether the columns must stand in the order of `expect`
    positions: bool = False           # pair columns by place: their names depend on how numbers are written
    target: str = None
    roles: dict = field(default_factory=dict)     # further columns that take part, with their role
    types: dict = field(default_factory=dict)     # types that are declared other than the table's own
    # (train) -> {column: {what: value}}: numbers that the artifact must hold for the last step
    learned: Callable = None
    scaled: bool = True               # False: x - mean as it stands, which is as exact as the mean
    tolerance: float = 1e-12          # 1e-8 for what is searched for, step by step
    training_only: bool = False       # serving refuses what the other library would guess
    arranges_rows: bool = False       # which training rows there are is what is compared: `expect` says how many

    @property
    def stage(self):
        """What is compared: the last step, by its name."""
        last = self.steps[-1]
        return last if isinstance(last, str) else next(iter(last))
