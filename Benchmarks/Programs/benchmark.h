// SPDX-License-Identifier: Apache-2.0
// What every benchmark program includes: it compiles for eBPF and for the machine itself.
//
// A program is one function, the first in its file, without global data. Of the memory that it is
// given it only reads the first half, its input, and writes before it reads in the second half, its
// scratch. So it can be called any number of times and returns the same checksum each time.
#pragma once

typedef __UINT8_TYPE__ u8;
typedef __UINT16_TYPE__ u16;
typedef __UINT32_TYPE__ u32;
typedef __UINT64_TYPE__ u64;

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline))
// Keeps loops as they are written in bytecode, where there is no memcpy or memset to call.
#define barrier() __asm__ volatile("" ::: "memory")

u64 benchmark(void *memory, u64 length);

INLINE u32 rotate_left32(u32 value, u32 by) { return value << by | value >> (32 - by); }
INLINE u32 rotate_right32(u32 value, u32 by) { return value >> by | value << (32 - by); }
INLINE u64 rotate_left64(u64 value, u32 by) { return value << by | value >> (64 - by); }
