// SPDX-License-Identifier: Apache-2.0
// Heapsort of 1024 numbers.
#include "benchmark.h"

#define COUNT 1024

INLINE void sift_down(u32 *heap, u32 parent, u32 count)
{
    u32 value = heap[parent];
    for (u32 child = 2 * parent + 1; child < count; child = 2 * parent + 1) {
        if (child + 1 < count && heap[child] < heap[child + 1])
            child++;
        if (heap[child] <= value)
            break;
        heap[parent] = heap[child];
        parent = child;
    }
    heap[parent] = value;
}

u64 benchmark(void *memory, u64 length)
{
    const u32 *input = memory;
    u32 *heap = memory + length / 2;
    u64 checksum = 0;

    for (u32 i = 0; i < COUNT; i++)
        heap[i] = input[i];
    for (u32 i = COUNT / 2; i > 0; i--)
        sift_down(heap, i - 1, COUNT);
    for (u32 end = COUNT - 1; end > 0; end--) {
        u32 greatest = heap[0];
        heap[0] = heap[end];
        heap[end] = greatest;
        sift_down(heap, 0, end);
    }
    for (u32 i = 0; i < COUNT; i++)
        checksum = checksum * 31 + heap[i];
    return checksum;
}
