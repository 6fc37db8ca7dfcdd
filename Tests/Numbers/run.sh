#!/bin/sh
# Reads ten million decimal numbers as the scanner does and as strtod does; any difference is exit code 1.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scanner=$here/../../Sources/CDLPrepScan
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
clang -O2 -I"$scanner/include" "$here/against_strtod.c" "$scanner/number.c" "$scanner/powers_of_five.c" \
  -o "$folder/against_strtod" -lm
"$folder/against_strtod" "$@"
