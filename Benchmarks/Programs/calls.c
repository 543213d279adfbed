// SPDX-License-Identifier: Apache-2.0
// Calls of functions that call functions.
#include "benchmark.h"

NOINLINE u64 outer(u64 a, u64 b, u64 c);

u64 benchmark(void *memory, u64 length)
{
    const u32 *input = memory;
    u64 checksum = 0;

    for (u64 i = 0; i < length / 8; i++)
        checksum = outer(checksum, input[i], i);
    return checksum;
}

NOINLINE u64 inner(u64 a, u64 b)
{
    barrier();
    return (a ^ b) * 0x9e3779b97f4a7c15;
}

NOINLINE u64 middle(u64 a, u64 b, u64 c)
{
    return inner(a + c, b) + (inner(b, a) >> 7);
}

NOINLINE u64 outer(u64 a, u64 b, u64 c)
{
    return middle(a, b, c) ^ middle(c, a, b);
}
