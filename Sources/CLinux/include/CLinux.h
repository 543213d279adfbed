#ifndef SWIFT_EBPF_CLINUX_H
#define SWIFT_EBPF_CLINUX_H

#include <errno.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

/// bpf(2): the result, or the error number negated. Swift cannot call the variadic syscall(2).
static inline long clinux_bpf(int command, void *attributes, unsigned int size) {
#if defined(__linux__) && defined(__NR_bpf)
    long result = syscall(__NR_bpf, command, attributes, size);
    return result < 0 ? -(long)errno : result;
#else
    (void)command;
    (void)attributes;
    (void)size;
    return -(long)ENOSYS;
#endif
}

#endif
