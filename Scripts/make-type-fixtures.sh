#!/usr/bin/env bash
# Makes the .btf files that the tests of EBPFTypeFormat read from the C files beside them.
set -euo pipefail
cd "$(dirname "$0")/../Tests/TypeFormatTests/Fixtures"
tools=$(dirname "$(readlink -f "$(command -v swift)")")
for source in *.c; do
    "$tools/clang" --target=bpfel -g -O2 -c "$source" -o fixture.o
    "$tools/llvm-objcopy" --dump-section .BTF="${source%.c}.btf" fixture.o /dev/null
    rm fixture.o
done
