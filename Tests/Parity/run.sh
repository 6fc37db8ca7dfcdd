#!/bin/sh
# Runs parity.py with the newest scikit-learn of the 1.9 line, in a virtual environment of its own
# (DLPREP_PARITY_VENV, default ~/.cache/dlprep-parity). Arguments go to parity.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${DLPREP_PARITY_VENV:-$HOME/.cache/dlprep-parity}
python=$venv/bin/python
if ! "$python" -c 'import sklearn, pandas, feature_engine, category_encoders, skrub, polars, xxhash, imblearn, gower; assert sklearn.__version__ >= "1.9"' 2>/dev/null; then
  if ! { python3 -m venv "$venv" && "$python" -m pip install --quiet --disable-pip-version-check \
    'scikit-learn>=1.9,<1.10' pandas numpy feature-engine category_encoders skrub polars xxhash imbalanced-learn gower; }; then
    echo 'note: parity is skipped: scikit-learn could not be installed'
    exit 0
  fi
fi
exec "$python" -B "$here/parity.py" "$@"
