// SPDX-License-Identifier: Apache-2.0
// SHA-256 without padding: the compression of the input's blocks of 64 bytes, unrolled.
#include "benchmark.h"

#define WORD(i)                                                                              \
    (w[(i) & 15] += (rotate_right32(w[((i) + 1) & 15], 7) ^ rotate_right32(w[((i) + 1) & 15], 18) \
                     ^ w[((i) + 1) & 15] >> 3) + w[((i) + 9) & 15]                           \
                    + (rotate_right32(w[((i) + 14) & 15], 17)                                \
                       ^ rotate_right32(w[((i) + 14) & 15], 19) ^ w[((i) + 14) & 15] >> 10))
#define STEP(a, b, c, d, e, f, g, h, word, constant)                                         \
    do {                                                                                     \
        u32 sum = h + (rotate_right32(e, 6) ^ rotate_right32(e, 11) ^ rotate_right32(e, 25)) \
                  + ((e & f) ^ (~e & g)) + (constant) + (word);                              \
        d += sum;                                                                            \
        h = sum + (rotate_right32(a, 2) ^ rotate_right32(a, 13) ^ rotate_right32(a, 22))     \
            + ((a & b) ^ (a & c) ^ (b & c));                                                 \
    } while (0)
#define EIGHT(next, i, k0, k1, k2, k3, k4, k5, k6, k7) \
    STEP(a, b, c, d, e, f, g, h, next(i), k0);         \
    STEP(h, a, b, c, d, e, f, g, next(i + 1), k1);     \
    STEP(g, h, a, b, c, d, e, f, next(i + 2), k2);     \
    STEP(f, g, h, a, b, c, d, e, next(i + 3), k3);     \
    STEP(e, f, g, h, a, b, c, d, next(i + 4), k4);     \
    STEP(d, e, f, g, h, a, b, c, next(i + 5), k5);     \
    STEP(c, d, e, f, g, h, a, b, next(i + 6), k6);     \
    STEP(b, c, d, e, f, g, h, a, next(i + 7), k7);     \
    barrier()  // keeps the words out of the 512 bytes of stack
#define FIRST(i) (w[i])

INLINE void compress(u32 *state, const u32 *block, u32 *w)
{
    u32 a = state[0], b = state[1], c = state[2], d = state[3];
    u32 e = state[4], f = state[5], g = state[6], h = state[7];

    for (u32 i = 0; i < 16; i++)
        w[i] = __builtin_bswap32(block[i]);
    EIGHT(FIRST, 0, 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
          0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5);
    EIGHT(FIRST, 8, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
          0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174);
    EIGHT(WORD, 16, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
          0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da);
    EIGHT(WORD, 24, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
          0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967);
    EIGHT(WORD, 32, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
          0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85);
    EIGHT(WORD, 40, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
          0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070);
    EIGHT(WORD, 48, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
          0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3);
    EIGHT(WORD, 56, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
          0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2);
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

u64 benchmark(void *memory, u64 length)
{
    u32 state[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };

    for (u64 place = 0; place < length / 2; place += 64)
        compress(state, memory + place, memory + length / 2);
    return (u64)state[0] << 32 | state[7];
}
