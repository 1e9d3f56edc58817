#!/bin/sh
# Print a Python 3.13 that runs, or fail: PYTHON_NEWEST if given, one on the PATH, or one that pyenv or uv keeps.
set -u
for candidate in "${PYTHON_NEWEST:-}" python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3.13 \
  "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/cpython-3.13*/bin/python3.13; do
  [ -n "$candidate" ] || continue
  if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then
    command -v "$candidate"
    exit 0
  fi
done
exit 1
