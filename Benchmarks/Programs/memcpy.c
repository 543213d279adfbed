// SPDX-License-Identifier: Apache-2.0
// Copies of the input to the scratch, word by word and from changing places.
#include "benchmark.h"

u64 benchmark(void *memory, u64 length)
{
    u64 count = length / 2 / 8 - 64, checksum = 0;
    u64 *target = memory + length / 2;

    for (u64 pass = 0; pass < 64; pass++) {
        const u64 *source = memory + pass * 8;
        for (u64 i = 0; i < count; i++) {
            target[i] = source[i];
#ifdef __bpf__
            barrier();  // there is no memcpy to call
#endif
        }
        barrier();
        checksum = checksum * 31 + target[pass * 7];
    }
    return checksum;
}
