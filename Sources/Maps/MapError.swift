public import EBPFBytecode

/// Why a map could not be made: what is wrong, what would be right, and the kernel's error number.
public struct MapError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part of a definition that is wrong, by the name that `union bpf_attr` gives it.
    public enum Field: String, Hashable, Sendable {
        case type = "map_type"
        case keySize = "key_size"
        case valueSize = "value_size"
        case maxEntries = "max_entries"
        case flags = "map_flags"
        case extra = "map_extra"
        case inner = "inner_map_fd"
        case specialFields = "value type"
        case cpuCount = "number of CPUs"
        case memory
    }

    /// What `BPF_MAP_CREATE` fails with.
    public let errno: KernelErrno
    /// The name of the map that was to be made.
    public let mapName: String
    /// The part of the definition that is wrong.
    public let field: Field
    /// What it is and what it should be.
    public let problem: String

    /// For example: `map "events": max_entries 5000 is not a power of two; try 8192 (errno 22)`.
    public var description: String {
        "map \"\(mapName)\": \(field.rawValue) \(problem) (errno \(errno.rawValue))"
    }
}
