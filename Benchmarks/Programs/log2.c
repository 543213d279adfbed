// SPDX-License-Identifier: Apache-2.0
// The binary logarithms of 4096 numbers of all magnitudes, by bisection.
#include "benchmark.h"

INLINE u32 logarithm(u32 value)
{
    u32 result = 0;
    for (u32 step = 16; step > 0; step /= 2) {
        if (value >> step) {
            value >>= step;
            result += step;
        }
    }
    return result;
}

u64 benchmark(void *memory, u64 length)
{
    const u32 *input = memory;
    u64 checksum = 0;

    for (u64 i = 0; i < length / 8; i++)
        checksum = checksum * 31 + logarithm(input[i] >> (i & 31));
    return checksum;
}
