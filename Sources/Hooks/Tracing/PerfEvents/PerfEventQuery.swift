import EBPFBytecode
public import EBPFKernel

/// A program that a process has attached through a perf event or a raw tracepoint
/// (`BPF_TASK_FD_QUERY`).
public struct PerfEventUse: Hashable, Sendable {
    /// The process that holds the event.
    public let process: Int32
    /// Its descriptor of the event.
    public let descriptor: Int32
    /// The program's number.
    public let program: UInt32
    /// The kind of event.
    public let kind: Kind
    /// The tracepoint, the function or the file; empty if the kernel names none.
    public let name: String
    /// How far into the function or the file, in bytes; 0 for tracepoints.
    public let offset: UInt64
    /// The address of a kernel function; 0 where the kernel does not show it.
    public let address: UInt64

    /// The kinds of events (`enum bpf_task_fd_type`).
    public enum Kind: UInt32, CaseIterable, Sendable {
        /// `BPF_FD_TYPE_RAW_TRACEPOINT`.
        case rawTracepoint
        /// `BPF_FD_TYPE_TRACEPOINT`.
        case tracepoint
        /// `BPF_FD_TYPE_KPROBE`.
        case kprobe
        /// `BPF_FD_TYPE_KRETPROBE`.
        case kretprobe
        /// `BPF_FD_TYPE_UPROBE`.
        case uprobe
        /// `BPF_FD_TYPE_URETPROBE`.
        case uretprobe

        /// The name as bpftool says it.
        public var name: String {
            switch self {
            case .rawTracepoint: "raw_tracepoint"
            case .tracepoint: "tracepoint"
            case .kprobe: "kprobe"
            case .kretprobe: "kretprobe"
            case .uprobe: "uprobe"
            case .uretprobe: "uretprobe"
            }
        }
    }
}

extension PerfEventUse {
    /// The events with programs that processes hold, by process and descriptor.
    ///
    /// Processes that end meanwhile, and those that this process may not look into, are left out.
    ///
    /// - Parameter process: one process; `nil` for all.
    /// - Throws: ``KernelError``; `ESRCH` if the one process is gone.
    public static func all(
        of process: Int32? = nil, system: SystemCalls = .linux
    ) throws(KernelError) -> [PerfEventUse] {
        if let process, !system.exists("/proc/\(process)") {
            throw KernelError(
                "listing the perf events of process \(process)", .noProcess,
                reason: "process \(process) is gone")
        }
        let processes: [Int32]
        if let process {
            processes = [process]
        } else {
            processes = try attempting("listing processes in /proc") { () throws(KernelErrno) in
                try system.entries(ofDirectory: "/proc").compactMap { Int32($0) }
            }.sorted()
        }
        return processes.flatMap { uses(of: $0, system) }
    }

    private static func uses(of process: Int32, _ system: SystemCalls) -> [PerfEventUse] {
        let directory = "/proc/\(process)/fd"
        let descriptors = (try? system.entries(ofDirectory: directory)) ?? []
        return descriptors.compactMap { Int32($0) }.sorted().compactMap { descriptor in
            guard let target = try? system.symbolicLink(at: "\(directory)/\(descriptor)"),
                target.hasPrefix("anon_inode:[perf_event]")
                    || target.hasPrefix("anon_inode:bpf-raw-tracepoint")
                    || target.hasPrefix("anon_inode:bpf_link")
            else { return nil }
            return query(process, descriptor, system)
        }
    }

    /// Asks about one descriptor; `nil` for events without a program, and for other links.
    private static func query(
        _ process: Int32, _ descriptor: Int32, _ system: SystemCalls
    ) -> PerfEventUse? {
        var memory = CallMemory()
        let size = 4096
        var attributes = TaskDescriptorQueryAttributes()
        attributes.process = UInt32(bitPattern: process)
        attributes.descriptor = UInt32(bitPattern: descriptor)
        attributes.bufferSize = UInt32(size)
        attributes.buffer = memory.buffer(count: size)
        guard (try? system.bpf(.taskDescriptorQuery, &attributes)) != nil,
            let kind = Kind(rawValue: attributes.kind)
        else { return nil }
        let text = memory.contents(of: attributes.buffer, count: size).prefix { $0 != 0 }
        return PerfEventUse(
            process: process, descriptor: descriptor, program: attributes.program, kind: kind,
            name: String(decoding: text, as: UTF8.self), offset: attributes.probeOffset,
            address: attributes.probeAddress)
    }
}
