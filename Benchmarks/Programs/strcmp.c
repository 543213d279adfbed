// SPDX-License-Identifier: Apache-2.0
// Comparisons of strings that have their first 48 characters in common.
#include "benchmark.h"

#define COUNT 128
#define SIZE 64

INLINE int compare(const char *left, const char *right)
{
    while (*left && *left == *right) {
        left++;
        right++;
    }
    return (u8)*left - (u8)*right;
}

u64 benchmark(void *memory, u64 length)
{
    const u8 *input = memory;
    char *strings = memory + length / 2;
    u64 checksum = 0;

    for (u32 i = 0; i < COUNT * SIZE; i++)
        strings[i] = i % SIZE == SIZE - 1 ? 0 : 'a' + (i % SIZE < 48 ? i % SIZE % 26 : input[i] % 2);
    for (u32 distance = 1; distance < 9; distance++)
        for (u32 i = 0; i < COUNT; i++)
            checksum = checksum * 31
                       + (u64)compare(strings + i * SIZE, strings + (i + distance) % COUNT * SIZE);
    return checksum;
}
