#!/bin/sh
# Runs neon.py in a virtual environment of its own (DLPREP_CROSS_VENV, default ~/.cache/dlprep-cross).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${DLPREP_CROSS_VENV:-$HOME/.cache/dlprep-cross}
python=$venv/bin/python
if ! "$python" -c 'import unicorn, elftools' 2>/dev/null; then
  if ! { python3 -m venv "$venv" && "$python" -m pip install --quiet --disable-pip-version-check \
    unicorn pyelftools; }; then
    echo 'note: the ARM check is skipped: its emulator could not be installed'
    exit 0
  fi
fi
exec "$python" -B "$here/neon.py"
