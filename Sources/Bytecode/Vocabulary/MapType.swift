/// The kinds of maps (`enum bpf_map_type` in `linux/bpf.h`, all of Linux 6.18).
public enum MapType: UInt32, CaseIterable, Sendable {
    /// No kind: no map can be made of it. `BPF_MAP_TYPE_UNSPEC`.
    case unspecified = 0
    /// Keys to values, in no order. `BPF_MAP_TYPE_HASH`.
    case hash
    /// Values by index; all exist from the start, none can be deleted. `BPF_MAP_TYPE_ARRAY`.
    case array
    /// Programs by index, for tail calls. `BPF_MAP_TYPE_PROG_ARRAY`.
    case programArray
    /// Performance events by index: output to user space, counters.
    ///
    /// `BPF_MAP_TYPE_PERF_EVENT_ARRAY`.
    case perfEventArray
    /// A hash with one value for each CPU. `BPF_MAP_TYPE_PERCPU_HASH`.
    case perCPUHash
    /// An array with one value for each CPU. `BPF_MAP_TYPE_PERCPU_ARRAY`.
    case perCPUArray
    /// Call stacks by their identifier. `BPF_MAP_TYPE_STACK_TRACE`.
    case stackTrace
    /// Control groups by index. `BPF_MAP_TYPE_CGROUP_ARRAY`.
    case cgroupArray
    /// A hash that drops the least recently used entry when it is full. `BPF_MAP_TYPE_LRU_HASH`.
    case lruHash
    /// An LRU hash with one value for each CPU. `BPF_MAP_TYPE_LRU_PERCPU_HASH`.
    case lruPerCPUHash
    /// Values by prefix; a look-up finds the longest that matches. `BPF_MAP_TYPE_LPM_TRIE`.
    case longestPrefixMatchTrie
    /// Maps by index. `BPF_MAP_TYPE_ARRAY_OF_MAPS`.
    case arrayOfMaps
    /// Maps by key. `BPF_MAP_TYPE_HASH_OF_MAPS`.
    case hashOfMaps
    /// Network devices by index, as targets of XDP redirection. `BPF_MAP_TYPE_DEVMAP`.
    case deviceMap
    /// Sockets by index, as targets of stream redirection. `BPF_MAP_TYPE_SOCKMAP`.
    case socketMap
    /// CPUs, as targets of XDP redirection. `BPF_MAP_TYPE_CPUMAP`.
    case cpuMap
    /// AF_XDP sockets by index, as targets of XDP redirection. `BPF_MAP_TYPE_XSKMAP`.
    case xskMap
    /// Sockets by key, as targets of stream redirection. `BPF_MAP_TYPE_SOCKHASH`.
    case socketHash
    /// A value for each control group the program is attached to.
    ///
    /// `BPF_MAP_TYPE_CGROUP_STORAGE_DEPRECATED`.
    case cgroupStorageDeprecated
    /// Sockets by index, for SO_REUSEPORT selection. `BPF_MAP_TYPE_REUSEPORT_SOCKARRAY`.
    case reusePortSocketArray
    /// The same with one value for each CPU. `BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE_DEPRECATED`.
    case perCPUCgroupStorageDeprecated
    /// Values, first in, first out. `BPF_MAP_TYPE_QUEUE`.
    case queue
    /// Values, last in, first out. `BPF_MAP_TYPE_STACK`.
    case stack
    /// A value for each socket. `BPF_MAP_TYPE_SK_STORAGE`.
    case socketStorage
    /// Network devices by key, as targets of XDP redirection. `BPF_MAP_TYPE_DEVMAP_HASH`.
    case deviceMapHash
    /// A kernel structure of functions that programs implement. `BPF_MAP_TYPE_STRUCT_OPS`.
    case structOperations
    /// Records from programs to user space, in order over all CPUs. `BPF_MAP_TYPE_RINGBUF`.
    case ringBuffer
    /// A value for each inode. `BPF_MAP_TYPE_INODE_STORAGE`.
    case inodeStorage
    /// A value for each task. `BPF_MAP_TYPE_TASK_STORAGE`.
    case taskStorage
    /// A set that answers "maybe" or "certainly not". `BPF_MAP_TYPE_BLOOM_FILTER`.
    case bloomFilter
    /// Records from user space to programs. `BPF_MAP_TYPE_USER_RINGBUF`.
    case userRingBuffer
    /// A value for each control group. `BPF_MAP_TYPE_CGRP_STORAGE`.
    case cgroupStorage
    /// Sparse memory that programs and applications share at the same addresses.
    ///
    /// `BPF_MAP_TYPE_ARENA`.
    case arena
}

extension MapType {
    /// The name in lower case, as bpftool and our command say it: "hash", "percpu_array".
    public var name: String { row.name }

    /// The first kernel that has this kind.
    public var since: KernelVersion { row.since }

    /// Whether each CPU has its own value for a key.
    public var isPerCPU: Bool {
        switch self {
        case .perCPUHash, .perCPUArray, .lruPerCPUHash, .perCPUCgroupStorageDeprecated: true
        default: false
        }
    }

    /// The kind with a name, or nothing.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    private var row: (name: String, since: KernelVersion) {
        switch self {
        case .unspecified: ("unspec", .init(3, 18))
        case .hash: ("hash", .init(3, 19))
        case .array: ("array", .init(3, 19))
        case .programArray: ("prog_array", .init(4, 2))
        case .perfEventArray: ("perf_event_array", .init(4, 3))
        case .perCPUHash: ("percpu_hash", .init(4, 6))
        case .perCPUArray: ("percpu_array", .init(4, 6))
        case .stackTrace: ("stack_trace", .init(4, 6))
        case .cgroupArray: ("cgroup_array", .init(4, 8))
        case .lruHash: ("lru_hash", .init(4, 10))
        case .lruPerCPUHash: ("lru_percpu_hash", .init(4, 10))
        case .longestPrefixMatchTrie: ("lpm_trie", .init(4, 11))
        case .arrayOfMaps: ("array_of_maps", .init(4, 12))
        case .hashOfMaps: ("hash_of_maps", .init(4, 12))
        case .deviceMap: ("devmap", .init(4, 14))
        case .socketMap: ("sockmap", .init(4, 14))
        case .cpuMap: ("cpumap", .init(4, 15))
        case .xskMap: ("xskmap", .init(4, 18))
        case .socketHash: ("sockhash", .init(4, 18))
        case .cgroupStorageDeprecated: ("cgroup_storage", .init(4, 19))
        case .reusePortSocketArray: ("reuseport_sockarray", .init(4, 19))
        case .perCPUCgroupStorageDeprecated: ("percpu_cgroup_storage", .init(4, 20))
        case .queue: ("queue", .init(4, 20))
        case .stack: ("stack", .init(4, 20))
        case .socketStorage: ("sk_storage", .init(5, 2))
        case .deviceMapHash: ("devmap_hash", .init(5, 4))
        case .structOperations: ("struct_ops", .init(5, 6))
        case .ringBuffer: ("ringbuf", .init(5, 8))
        case .inodeStorage: ("inode_storage", .init(5, 10))
        case .taskStorage: ("task_storage", .init(5, 11))
        case .bloomFilter: ("bloom_filter", .init(5, 16))
        case .userRingBuffer: ("user_ringbuf", .init(6, 1))
        case .cgroupStorage: ("cgrp_storage", .init(6, 2))
        case .arena: ("arena", .init(6, 9))
        }
    }
}

extension MapType: CustomStringConvertible {
    /// The kind's name.
    public var description: String { name }
}
