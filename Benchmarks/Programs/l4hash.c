// SPDX-License-Identifier: Apache-2.0
// Jenkins' hash of the addresses, ports and protocol of 1024 connections.
#include "benchmark.h"

struct connection { u32 source, target; u16 source_port, target_port; u32 protocol; };

INLINE u32 hash(const struct connection *connection, u32 seed)
{
    u32 a = connection->source + seed, b = connection->target + seed;
    u32 c = ((u32)connection->source_port << 16 | connection->target_port) + seed;

    a -= c; a ^= rotate_left32(c, 4); c += b;
    b -= a; b ^= rotate_left32(a, 6); a += c;
    c -= b; c ^= rotate_left32(b, 8); b += a;
    a -= c; a ^= rotate_left32(c, 16); c += b;
    b -= a; b ^= rotate_left32(a, 19); a += c;
    c -= b; c ^= rotate_left32(b, 4); b += a;

    a += connection->protocol & 0xff;
    c ^= b; c -= rotate_left32(b, 14);
    a ^= c; a -= rotate_left32(c, 11);
    b ^= a; b -= rotate_left32(a, 25);
    c ^= b; c -= rotate_left32(b, 16);
    a ^= c; a -= rotate_left32(c, 4);
    b ^= a; b -= rotate_left32(a, 14);
    c ^= b; c -= rotate_left32(b, 24);
    return c;
}

u64 benchmark(void *memory, u64 length)
{
    const struct connection *connections = memory;
    u64 count = length / 2 / sizeof(*connections), checksum = 0;

    for (u32 pass = 0; pass < 2; pass++)
        for (u64 i = 0; i < count; i++)
            checksum = checksum * 31 + hash(connections + i, (u32)checksum);
    return checksum;
}
