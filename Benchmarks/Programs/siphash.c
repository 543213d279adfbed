// SPDX-License-Identifier: Apache-2.0
// SipHash-2-4 of messages of 64 bytes.
#include "benchmark.h"

#define ROUND                                                                   \
    do {                                                                        \
        v0 += v1; v1 = rotate_left64(v1, 13) ^ v0; v0 = rotate_left64(v0, 32);  \
        v2 += v3; v3 = rotate_left64(v3, 16) ^ v2;                              \
        v0 += v3; v3 = rotate_left64(v3, 21) ^ v0;                              \
        v2 += v1; v1 = rotate_left64(v1, 17) ^ v2; v2 = rotate_left64(v2, 32);  \
    } while (0)

INLINE u64 siphash(const u64 *message, u64 key0, u64 key1)
{
    u64 v0 = key0 ^ 0x736f6d6570736575, v1 = key1 ^ 0x646f72616e646f6d;
    u64 v2 = key0 ^ 0x6c7967656e657261, v3 = key1 ^ 0x7465646279746573;

    for (u32 i = 0; i < 9; i++) {
        u64 word = i < 8 ? message[i] : 64ull << 56;
        v3 ^= word;
        ROUND;
        ROUND;
        v0 ^= word;
    }
    v2 ^= 0xff;
    ROUND;
    ROUND;
    ROUND;
    ROUND;
    return v0 ^ v1 ^ v2 ^ v3;
}

u64 benchmark(void *memory, u64 length)
{
    u64 checksum = 0;

    for (u64 pass = 0; pass < 2; pass++)
        for (u64 place = 0; place < length / 2; place += 64)
            checksum += siphash(memory + place, pass, checksum);
    return checksum;
}
