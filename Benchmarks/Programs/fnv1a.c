// SPDX-License-Identifier: Apache-2.0
// FNV-1a, 64 bits, byte by byte.
#include "benchmark.h"

u64 benchmark(void *memory, u64 length)
{
    const u8 *input = memory;
    u64 hash = 0xcbf29ce484222325;

    for (u64 i = 0; i < length / 2; i++)
        hash = (hash ^ input[i]) * 0x100000001b3;
    return hash;
}
