/// Questions about the types of the running kernel, answered when the program is loaded (CO-RE).
public enum KernelTypes {
    /// Where a field is, in bytes: `"task_struct.tgid"`.
    @inline(__always)
    public static func offset(of path: StaticString) -> Int { coreOffset(path.utf8Start) }

    /// Whether there is such a field.
    @inline(__always)
    public static func exists(_ path: StaticString) -> Bool { coreExists(path.utf8Start) != 0 }

    /// How many bytes a field has.
    @inline(__always)
    public static func size(of path: StaticString) -> Int { coreSize(path.utf8Start) }

    /// Whether there is such a struct, union, enum or typedef: `"bpf_session_run_ctx"`.
    @inline(__always)
    public static func typeExists(_ name: StaticString) -> Bool {
        coreTypeExists(name.utf8Start) != 0
    }

    /// How many bytes a type has.
    @inline(__always)
    public static func typeSize(_ name: StaticString) -> Int { coreTypeSize(name.utf8Start) }

    /// Whether there is such an enumerator: `"bpf_map_type.BPF_MAP_TYPE_ARENA"`.
    @inline(__always)
    public static func enumeratorExists(_ path: StaticString) -> Bool {
        coreEnumeratorExists(path.utf8Start) != 0
    }

    /// The value of an enumerator: `"bpf_map_type.BPF_MAP_TYPE_HASH"`.
    @inline(__always)
    public static func enumerator(_ path: StaticString) -> Int { coreEnumerator(path.utf8Start) }
}
