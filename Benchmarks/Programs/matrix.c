// SPDX-License-Identifier: Apache-2.0
// The product of two matrices of 32 × 32 numbers.
#include "benchmark.h"

#define SIZE 32

u64 benchmark(void *memory, u64 length)
{
    const u32 *left = memory, *right = memory + 4 * SIZE * SIZE;
    u32 *product = memory + length / 2;
    u64 checksum = 0;

    for (u32 row = 0; row < SIZE; row++) {
        for (u32 column = 0; column < SIZE; column++) {
            u32 sum = 0;
            for (u32 i = 0; i < SIZE; i++)
                sum += left[row * SIZE + i] * right[i * SIZE + column];
            product[row * SIZE + column] = sum;
        }
    }
    for (u32 i = 0; i < SIZE * SIZE; i++)
        checksum = checksum * 31 + product[i];
    return checksum;
}
