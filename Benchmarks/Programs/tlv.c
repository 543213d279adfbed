// SPDX-License-Identifier: Apache-2.0
// A parser of records with type, length and value, four of them nested in the order of the types.
#include "benchmark.h"

u64 benchmark(void *memory, u64 length)
{
    const u8 *end = memory + length / 2;
    u64 numbers = 0, bytes = 0, skipped = 0, bad = 0;

    for (u32 start = 0; start < 8; start++) {
        for (const u8 *record = memory + start; record + 2 <= end;) {
            u8 type = record[0] & 7, size = record[1] & 15;
            const u8 *value = record + 2;
            if (value + size > end) {
                bad++;
                break;
            }
            switch (type) {
            case 0:
                size = 0;
                break;
            case 1:
                if (size >= 1)
                    numbers += value[0];
                break;
            case 2:
                if (size >= 2)
                    numbers += value[0] << 8 | value[1];
                break;
            case 3:
                if (size >= 4)
                    numbers += (u32)value[0] << 24 | value[1] << 16 | value[2] << 8 | value[3];
                break;
            case 4:
                for (u32 i = 0; i < size; i++)
                    bytes = bytes * 31 + value[i];
                break;
            case 5:
                size = size > 2 ? 2 : size;  // a container: its records follow
                break;
            default:
                skipped += size;
            }
            record = value + size;
        }
    }
    return numbers ^ bytes ^ skipped << 40 ^ bad << 60;
}
