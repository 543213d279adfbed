// SPDX-License-Identifier: Apache-2.0
// Euclid's algorithm on 1024 pairs of numbers.
#include "benchmark.h"

u64 benchmark(void *memory, u64 length)
{
    const u32 *input = memory;
    u64 checksum = 0;

    for (u32 i = 0; i < 2048; i += 2) {
        u64 a = input[i], b = input[i + 1];
        while (b) {
            u64 remainder = a % b;
            a = b;
            b = remainder;
        }
        checksum = checksum * 31 + a;
    }
    return checksum;
}
