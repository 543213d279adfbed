#ifndef SWIFT_EBPF_CLINUX_H
#define SWIFT_EBPF_CLINUX_H

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

/// A system call by number: the result, or the error number negated. Swift cannot call the
/// variadic syscall(2).
static inline long clinux_syscall(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__linux__)
    long result = syscall(number, a, b, c, d, e, f);
    return result == -1 ? -(long)errno : result;
#else
    (void)number, (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
    return -(long)ENOSYS;
#endif
}

/// The name that Swift's compiler gave a symbol, as in the source; `free` it. A function of Swift's
/// runtime that has no declaration.
extern char *swift_demangle(const char *mangled, size_t length, char *result, size_t *size,
                            uint32_t flags);

/// bpf(2): the result, or the error number negated. Made here, without the C library: a look-up in
/// a map is little more than this, and nothing has to go through `errno`.
static inline long clinux_bpf(int command, void *attributes, unsigned int size) {
#if defined(__linux__) && defined(__x86_64__)
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"((long)__NR_bpf), "D"((long)command), "S"(attributes), "d"((long)size)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__linux__) && defined(__aarch64__)
    register long number __asm__("x8") = __NR_bpf;
    register long first __asm__("x0") = command;
    register void *second __asm__("x1") = attributes;
    register long third __asm__("x2") = size;
    __asm__ volatile("svc #0" : "+r"(first) : "r"(number), "r"(second), "r"(third) : "memory");
    return first;
#elif defined(__linux__)
    return clinux_syscall(__NR_bpf, command, (long)attributes, size, 0, 0, 0);
#else
    (void)command, (void)attributes, (void)size;
    return -(long)ENOSYS;
#endif
}

/// Loads and stores on memory that the kernel shares: ring positions and page headers.
static inline uint64_t clinux_load_acquire(const uint64_t *place) {
    return __atomic_load_n(place, __ATOMIC_ACQUIRE);
}
static inline uint32_t clinux_load_acquire32(const uint32_t *place) {
    return __atomic_load_n(place, __ATOMIC_ACQUIRE);
}
static inline void clinux_store_release(uint64_t *place, uint64_t value) {
    __atomic_store_n(place, value, __ATOMIC_RELEASE);
}
static inline void clinux_store_release32(uint32_t *place, uint32_t value) {
    __atomic_store_n(place, value, __ATOMIC_RELEASE);
}
static inline void clinux_full_barrier(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

/// Numbers of the system calls, which differ between architectures; -1 where there are none.
#if defined(__linux__)
#define CLINUX_NUMBER(name) __NR_##name
#else
#define CLINUX_NUMBER(name) -1
#endif

enum {
    clinux_nr_bpf = CLINUX_NUMBER(bpf),
    clinux_nr_bind = CLINUX_NUMBER(bind),
    clinux_nr_capget = CLINUX_NUMBER(capget),
    clinux_nr_capset = CLINUX_NUMBER(capset),
    clinux_nr_close = CLINUX_NUMBER(close),
    clinux_nr_connect = CLINUX_NUMBER(connect),
    clinux_nr_epoll_create1 = CLINUX_NUMBER(epoll_create1),
    clinux_nr_epoll_ctl = CLINUX_NUMBER(epoll_ctl),
    clinux_nr_epoll_pwait = CLINUX_NUMBER(epoll_pwait),
    clinux_nr_eventfd2 = CLINUX_NUMBER(eventfd2),
    clinux_nr_fcntl = CLINUX_NUMBER(fcntl),
    clinux_nr_fsconfig = CLINUX_NUMBER(fsconfig),
    clinux_nr_fsmount = CLINUX_NUMBER(fsmount),
    clinux_nr_fsopen = CLINUX_NUMBER(fsopen),
    clinux_nr_getdents64 = CLINUX_NUMBER(getdents64),
    clinux_nr_getpid = CLINUX_NUMBER(getpid),
    clinux_nr_getsockname = CLINUX_NUMBER(getsockname),
    clinux_nr_getsockopt = CLINUX_NUMBER(getsockopt),
    clinux_nr_gettid = CLINUX_NUMBER(gettid),
    clinux_nr_ioctl = CLINUX_NUMBER(ioctl),
    clinux_nr_kill = CLINUX_NUMBER(kill),
    clinux_nr_lseek = CLINUX_NUMBER(lseek),
    clinux_nr_memfd_create = CLINUX_NUMBER(memfd_create),
    clinux_nr_mkdirat = CLINUX_NUMBER(mkdirat),
    clinux_nr_mmap = CLINUX_NUMBER(mmap),
    clinux_nr_mount = CLINUX_NUMBER(mount),
    clinux_nr_munmap = CLINUX_NUMBER(munmap),
    clinux_nr_name_to_handle_at = CLINUX_NUMBER(name_to_handle_at),
    clinux_nr_newfstatat = CLINUX_NUMBER(newfstatat),
    clinux_nr_openat = CLINUX_NUMBER(openat),
    clinux_nr_perf_event_open = CLINUX_NUMBER(perf_event_open),
    clinux_nr_pidfd_open = CLINUX_NUMBER(pidfd_open),
    clinux_nr_ppoll = CLINUX_NUMBER(ppoll),
    clinux_nr_prctl = CLINUX_NUMBER(prctl),
    clinux_nr_pread64 = CLINUX_NUMBER(pread64),
    clinux_nr_prlimit64 = CLINUX_NUMBER(prlimit64),
    clinux_nr_read = CLINUX_NUMBER(read),
    clinux_nr_readlinkat = CLINUX_NUMBER(readlinkat),
    clinux_nr_recvfrom = CLINUX_NUMBER(recvfrom),
    clinux_nr_recvmsg = CLINUX_NUMBER(recvmsg),
    clinux_nr_sendto = CLINUX_NUMBER(sendto),
    clinux_nr_setns = CLINUX_NUMBER(setns),
    clinux_nr_setsockopt = CLINUX_NUMBER(setsockopt),
    clinux_nr_socket = CLINUX_NUMBER(socket),
    clinux_nr_statfs = CLINUX_NUMBER(statfs),
    clinux_nr_statx = CLINUX_NUMBER(statx),
    clinux_nr_umount2 = CLINUX_NUMBER(umount2),
    clinux_nr_uname = CLINUX_NUMBER(uname),
    clinux_nr_unlinkat = CLINUX_NUMBER(unlinkat),
    clinux_nr_unshare = CLINUX_NUMBER(unshare),
    clinux_nr_write = CLINUX_NUMBER(write),
};

#endif
