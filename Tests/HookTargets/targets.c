#include "HookTargets.h"

volatile long hook_target_variable;

__attribute__((noinline)) void hook_target_store(long value) { hook_target_variable = value; }

unsigned long hook_target_variable_address(void) { return (unsigned long)&hook_target_variable; }

__attribute__((noinline)) long hook_target_function(long value) {
    __asm__ volatile("" : "+r"(value));
    return value + 1;
}

__attribute__((noinline)) long hook_target_function_too(long value) {
    __asm__ volatile("" : "+r"(value));
    return value + 2;
}

#if defined(__ELF__)

__attribute__((section(".probes"), used)) volatile unsigned short hook_target_semaphore;

// A USDT probe: a `nop`, and a note that says where it is, where its semaphore is, and in which
// place of which size its argument is found (sourceware.org/systemtap/wiki/
// UserSpaceProbeImplementation).
__attribute__((noinline)) int hook_target_probe(int value) {
    __asm__ volatile(
        "990: nop\n"
        ".pushsection .note.stapsdt, \"\", \"note\"\n"
        ".balign 4\n"
        ".4byte 992f - 991f, 994f - 993f, 3\n"
        "991: .asciz \"stapsdt\"\n"
        "992: .balign 4\n"
        "993: .8byte 990b\n"
        ".8byte hook_target_base\n"
        ".8byte hook_target_semaphore\n"
        ".asciz \"swift_ebpf\"\n"
        ".asciz \"trial\"\n"
        ".asciz \"-4@%0\"\n"
        "994: .balign 4\n"
        ".popsection\n"
        // The linker may move this section against the notes; the difference tells by how much.
        ".pushsection .stapsdt.base, \"a\", \"progbits\"\n"
        ".weak hook_target_base\n"
        "hook_target_base: .space 1\n"
        ".popsection\n"
        : : "r"(value));
    return hook_target_semaphore != 0;
}

// A second probe without a semaphore, whose four arguments are a register, a number, memory, and
// another register.
__attribute__((noinline)) void hook_target_places(long first, short *third, unsigned char fourth) {
    __asm__ volatile(
        "990: nop\n"
        ".pushsection .note.stapsdt, \"\", \"note\"\n"
        ".balign 4\n"
        ".4byte 992f - 991f, 994f - 993f, 3\n"
        "991: .asciz \"stapsdt\"\n"
        "992: .balign 4\n"
        "993: .8byte 990b\n"
        ".8byte hook_target_base\n"
        ".8byte 0\n"
        ".asciz \"swift_ebpf\"\n"
        ".asciz \"places\"\n"
#if defined(__x86_64__)
        ".asciz \"-8@%0 -4@$-5 -2@(%1) 1@%b2\"\n"
#else
        ".asciz \"-8@%0 -4@-5 -2@[%1] 1@%w2\"\n"
#endif
        "994: .balign 4\n"
        ".popsection\n"
        : : "r"(first), "r"(third), "r"(fourth) : "memory");
}

#else

void hook_target_places(long first, short *third, unsigned char fourth) {}

int hook_target_probe(int value) { return value & 0; }

#endif
