#!/bin/sh
# `make windows`: Setup.exe, of the pinned parts.
set -eu
cd "$(dirname "$0")/.."
. .ci/setup.sh

need_folder
need_python
prepare_venv test "400 MB"
exec .venv/bin/python .ci/windows.py "$@"
