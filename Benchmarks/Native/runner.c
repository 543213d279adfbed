// SPDX-License-Identifier: Apache-2.0
// Times the benchmark programs as native code: name, nanoseconds a call, checksum.
// With an argument, writes the programs' input to that file instead.
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define LENGTH 32768

#define PROGRAM(NAME) uint64_t benchmark_##NAME(void *memory, uint64_t length);
#include "programs.h"
#undef PROGRAM

static const struct { const char *name; uint64_t (*run)(void *, uint64_t); } programs[] = {
#define PROGRAM(NAME) { #NAME, benchmark_##NAME },
#include "programs.h"
};

// The input of every program, and of every engine that is compared: 32768 bytes, each the highest
// byte of the next state of a linear congruential generator (Knuth's MMIX).
static void fill(uint8_t *memory)
{
    uint64_t state = 0x243f6a8885a308d3;
    for (int i = 0; i < LENGTH; i++) {
        state = state * 6364136223846793005 + 1442695040888963407;
        memory[i] = state >> 56;
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

// The least of nine rounds, each long enough that the clock's own time does not matter.
static double nanoseconds(uint64_t (*run)(void *, uint64_t), void *memory)
{
    double best = 1e18;
    for (int round = 0; round < 9; round++) {
        double start = now(), end;
        int calls = 0;
        do {
            for (int i = 0; i < 10; i++)
                run(memory, LENGTH);
            calls += 10;
            end = now();
        } while (end - start < 5e6);
        if ((end - start) / calls < best)
            best = (end - start) / calls;
    }
    return best;
}

int main(int count, char **arguments)
{
    static _Alignas(64) uint8_t memory[LENGTH];
    fill(memory);
    if (count > 1) {
        FILE *file = fopen(arguments[1], "wb");
        return !file || fwrite(memory, LENGTH, 1, file) != 1 || fclose(file);
    }
    for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
        uint64_t checksum = programs[i].run(memory, LENGTH);
        if (programs[i].run(memory, LENGTH) != checksum)
            return fprintf(stderr, "%s: a second call gives another result\n", programs[i].name), 1;
        printf("%-10s %12.1f %016llx\n", programs[i].name,
               nanoseconds(programs[i].run, memory), (unsigned long long)checksum);
    }
}
