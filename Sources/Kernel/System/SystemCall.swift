import CLinux

/// A system call of Linux, by the number that this architecture gives it.
///
/// Those that take paths are the `…at` forms, which all architectures have.
public struct SystemCall: Hashable, Sendable {
    /// The number (`__NR_…` in `asm/unistd.h`), or -1 where there is no Linux.
    public let number: Int
    /// The name, as in the manual's section 2.
    public let name: String

    private init(_ number: Int, _ name: String) {
        self.number = number
        self.name = name
    }
}

extension SystemCall {
    /// bpf(2).
    public static let bpf = SystemCall(clinux_nr_bpf, "bpf")
    /// bind(2).
    public static let bind = SystemCall(clinux_nr_bind, "bind")
    /// capget(2).
    public static let getCapabilities = SystemCall(clinux_nr_capget, "capget")
    /// capset(2).
    public static let setCapabilities = SystemCall(clinux_nr_capset, "capset")
    /// close(2).
    public static let close = SystemCall(clinux_nr_close, "close")
    /// connect(2).
    public static let connect = SystemCall(clinux_nr_connect, "connect")
    /// epoll_create(2).
    public static let epollCreate = SystemCall(clinux_nr_epoll_create1, "epoll_create")
    /// epoll_ctl(2).
    public static let epollControl = SystemCall(clinux_nr_epoll_ctl, "epoll_ctl")
    /// epoll_pwait(2).
    public static let epollWait = SystemCall(clinux_nr_epoll_pwait, "epoll_pwait")
    /// eventfd(2).
    public static let eventDescriptor = SystemCall(clinux_nr_eventfd2, "eventfd")
    /// fcntl(2).
    public static let fileControl = SystemCall(clinux_nr_fcntl, "fcntl")
    /// fsconfig(2).
    public static let fileSystemConfigure = SystemCall(clinux_nr_fsconfig, "fsconfig")
    /// fsmount(2).
    public static let fileSystemMount = SystemCall(clinux_nr_fsmount, "fsmount")
    /// fsopen(2).
    public static let fileSystemOpen = SystemCall(clinux_nr_fsopen, "fsopen")
    /// getdents(2).
    public static let getDirectoryEntries = SystemCall(clinux_nr_getdents64, "getdents")
    /// getpid(2).
    public static let getProcessID = SystemCall(clinux_nr_getpid, "getpid")
    /// getsockname(2).
    public static let getSocketName = SystemCall(clinux_nr_getsockname, "getsockname")
    /// getsockopt(2).
    public static let getSocketOption = SystemCall(clinux_nr_getsockopt, "getsockopt")
    /// gettid(2).
    public static let getThreadID = SystemCall(clinux_nr_gettid, "gettid")
    /// ioctl(2).
    public static let ioControl = SystemCall(clinux_nr_ioctl, "ioctl")
    /// kill(2).
    public static let kill = SystemCall(clinux_nr_kill, "kill")
    /// lseek(2).
    public static let seek = SystemCall(clinux_nr_lseek, "lseek")
    /// memfd_create(2).
    public static let memoryFileCreate = SystemCall(clinux_nr_memfd_create, "memfd_create")
    /// mkdirat(2).
    public static let makeDirectory = SystemCall(clinux_nr_mkdirat, "mkdirat")
    /// mmap(2).
    public static let mapMemory = SystemCall(clinux_nr_mmap, "mmap")
    /// mount(2).
    public static let mount = SystemCall(clinux_nr_mount, "mount")
    /// munmap(2).
    public static let unmapMemory = SystemCall(clinux_nr_munmap, "munmap")
    /// name_to_handle_at(2).
    public static let nameToHandle = SystemCall(clinux_nr_name_to_handle_at, "name_to_handle_at")
    /// fstatat(2).
    public static let status = SystemCall(clinux_nr_newfstatat, "fstatat")
    /// openat(2).
    public static let open = SystemCall(clinux_nr_openat, "openat")
    /// perf_event_open(2).
    public static let perfEventOpen = SystemCall(clinux_nr_perf_event_open, "perf_event_open")
    /// pidfd_open(2).
    public static let processDescriptorOpen = SystemCall(clinux_nr_pidfd_open, "pidfd_open")
    /// ppoll(2).
    public static let poll = SystemCall(clinux_nr_ppoll, "ppoll")
    /// prctl(2).
    public static let processControl = SystemCall(clinux_nr_prctl, "prctl")
    /// pread(2).
    public static let readAt = SystemCall(clinux_nr_pread64, "pread")
    /// prlimit(2).
    public static let resourceLimit = SystemCall(clinux_nr_prlimit64, "prlimit")
    /// read(2).
    public static let read = SystemCall(clinux_nr_read, "read")
    /// readlinkat(2).
    public static let readSymbolicLink = SystemCall(clinux_nr_readlinkat, "readlinkat")
    /// recvfrom(2).
    public static let receive = SystemCall(clinux_nr_recvfrom, "recvfrom")
    /// recvmsg(2).
    public static let receiveMessage = SystemCall(clinux_nr_recvmsg, "recvmsg")
    /// sendto(2).
    public static let send = SystemCall(clinux_nr_sendto, "sendto")
    /// setns(2).
    public static let setNamespace = SystemCall(clinux_nr_setns, "setns")
    /// setsockopt(2).
    public static let setSocketOption = SystemCall(clinux_nr_setsockopt, "setsockopt")
    /// socket(2).
    public static let socket = SystemCall(clinux_nr_socket, "socket")
    /// statfs(2).
    public static let fileSystemStatus = SystemCall(clinux_nr_statfs, "statfs")
    /// statx(2).
    public static let extendedStatus = SystemCall(clinux_nr_statx, "statx")
    /// umount(2).
    public static let unmount = SystemCall(clinux_nr_umount2, "umount")
    /// uname(2).
    public static let systemName = SystemCall(clinux_nr_uname, "uname")
    /// unlinkat(2).
    public static let unlink = SystemCall(clinux_nr_unlinkat, "unlinkat")
    /// unshare(2).
    public static let unshare = SystemCall(clinux_nr_unshare, "unshare")
    /// write(2).
    public static let write = SystemCall(clinux_nr_write, "write")
}
