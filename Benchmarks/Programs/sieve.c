// SPDX-License-Identifier: Apache-2.0
// Eratosthenes' sieve of the numbers below the scratch's size.
#include "benchmark.h"

u64 benchmark(void *memory, u64 length)
{
    u8 *composite = memory + length / 2;
    u64 limit = length / 2, count = 0, sum = 0;

    for (u64 i = 0; i < limit / 8; i++) {
        ((u64 *)composite)[i] = 0;
        barrier();
    }
    for (u64 number = 2; number < limit; number++) {
        if (composite[number])
            continue;
        count++;
        sum += number;
        for (u64 multiple = number * number; multiple < limit; multiple += number)
            composite[multiple] = 1;
    }
    return count << 32 | sum;
}
