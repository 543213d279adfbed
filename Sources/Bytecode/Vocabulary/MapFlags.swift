/// How a map is created (`BPF_F_…` of `BPF_MAP_CREATE` in `linux/bpf.h`).
public struct MapFlags: OptionSet, Hashable, Sendable {
    /// The bits as the kernel takes them.
    public let rawValue: UInt32

    /// Flags from the kernel's bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Allocate elements when they are inserted (`BPF_F_NO_PREALLOC`).
    public static let noPreallocation = MapFlags(rawValue: 1 << 0)
    /// One LRU list for each CPU instead of a shared one (`BPF_F_NO_COMMON_LRU`).
    public static let noCommonLRU = MapFlags(rawValue: 1 << 1)
    /// The creator chose the NUMA node (`BPF_F_NUMA_NODE`).
    public static let numaNode = MapFlags(rawValue: 1 << 2)
    /// Applications may only read (`BPF_F_RDONLY`).
    public static let readOnly = MapFlags(rawValue: 1 << 3)
    /// Applications may only write (`BPF_F_WRONLY`).
    public static let writeOnly = MapFlags(rawValue: 1 << 4)
    /// Stack traces hold build ids instead of addresses (`BPF_F_STACK_BUILD_ID`).
    public static let stackBuildID = MapFlags(rawValue: 1 << 5)
    /// The hash function starts from zero (`BPF_F_ZERO_SEED`).
    public static let zeroSeed = MapFlags(rawValue: 1 << 6)
    /// Programs may only read (`BPF_F_RDONLY_PROG`).
    public static let readOnlyForPrograms = MapFlags(rawValue: 1 << 7)
    /// Programs may only write (`BPF_F_WRONLY_PROG`).
    public static let writeOnlyForPrograms = MapFlags(rawValue: 1 << 8)
    /// A clone of a listening socket keeps its storage (`BPF_F_CLONE`).
    public static let clone = MapFlags(rawValue: 1 << 9)
    /// The map's memory can be mapped by applications (`BPF_F_MMAPABLE`).
    public static let mappable = MapFlags(rawValue: 1 << 10)
    /// Perf events stay after their opener's descriptor is closed (`BPF_F_PRESERVE_ELEMS`).
    public static let preserveElements = MapFlags(rawValue: 1 << 11)
    /// Inner maps may differ in `max_entries` (`BPF_F_INNER_MAP`).
    public static let innerMap = MapFlags(rawValue: 1 << 12)
    /// Create a link from this struct_ops map (`BPF_F_LINK`).
    public static let link = MapFlags(rawValue: 1 << 13)
    /// The descriptor of a pinned map's path is given (`BPF_F_PATH_FD`).
    public static let pathDescriptor = MapFlags(rawValue: 1 << 14)
    /// The type is found in a module's BTF (`BPF_F_VTYPE_BTF_OBJ_FD`).
    public static let valueTypeInModule = MapFlags(rawValue: 1 << 15)
    /// A token's descriptor is given (`BPF_F_TOKEN_FD`).
    public static let tokenDescriptor = MapFlags(rawValue: 1 << 16)
    /// A fault in an arena raises SIGSEGV (`BPF_F_SEGV_ON_FAULT`).
    public static let segmentationFault = MapFlags(rawValue: 1 << 17)
    /// Arena pointers are not translated for user space (`BPF_F_NO_USER_CONV`).
    public static let noUserConversion = MapFlags(rawValue: 1 << 18)
    /// A writer of a ring buffer overwrites the oldest records (`BPF_F_RB_OVERWRITE`, Linux 6.19).
    public static let overwriteOldest = MapFlags(rawValue: 1 << 19)
}

extension MapFlags {
    /// The names of the flags that are set (`BPF_F_…`); unknown ones together as a number.
    public var names: [String] {
        var rest = self
        var names: [String] = []
        for (flag, name) in Self.table where contains(flag) {
            names.append(name)
            rest.remove(flag)
        }
        if !rest.isEmpty { names.append("0x" + String(rest.rawValue, radix: 16)) }
        return names
    }

    /// The flags with names such as `BPF_F_NO_PREALLOC`, without regard to case and prefix.
    ///
    /// - Returns: `nil` if there is no flag with a name.
    public init?(names: some Sequence<some StringProtocol>) {
        self = []
        for name in names {
            let wanted = name.uppercased()
            guard
                let found = Self.table.first(where: { $0.1 == wanted || $0.1 == "BPF_F_" + wanted })
            else { return nil }
            insert(found.0)
        }
    }

    private static let table: [(MapFlags, String)] = [
        (.noPreallocation, "BPF_F_NO_PREALLOC"),
        (.noCommonLRU, "BPF_F_NO_COMMON_LRU"),
        (.numaNode, "BPF_F_NUMA_NODE"),
        (.readOnly, "BPF_F_RDONLY"),
        (.writeOnly, "BPF_F_WRONLY"),
        (.stackBuildID, "BPF_F_STACK_BUILD_ID"),
        (.zeroSeed, "BPF_F_ZERO_SEED"),
        (.readOnlyForPrograms, "BPF_F_RDONLY_PROG"),
        (.writeOnlyForPrograms, "BPF_F_WRONLY_PROG"),
        (.clone, "BPF_F_CLONE"),
        (.mappable, "BPF_F_MMAPABLE"),
        (.preserveElements, "BPF_F_PRESERVE_ELEMS"),
        (.innerMap, "BPF_F_INNER_MAP"),
        (.link, "BPF_F_LINK"),
        (.pathDescriptor, "BPF_F_PATH_FD"),
        (.valueTypeInModule, "BPF_F_VTYPE_BTF_OBJ_FD"),
        (.tokenDescriptor, "BPF_F_TOKEN_FD"),
        (.segmentationFault, "BPF_F_SEGV_ON_FAULT"),
        (.noUserConversion, "BPF_F_NO_USER_CONV"),
        (.overwriteOldest, "BPF_F_RB_OVERWRITE"),
    ]
}
