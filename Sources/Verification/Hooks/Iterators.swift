/// What programs find in the contexts of iterators (`bpf_iter_reg::ctx_arg_info`).
///
/// Pointers that the table does not name are trusted and never null: where an iterator is and what
/// it writes to. Observed on Linux 6.18.
enum Iterators {
    /// What an argument is.
    enum Argument: Hashable, Sendable {
        /// A pointer to a structure.
        case pointer(PointerTraits)
        /// A pointer to a key or a value of a map.
        case buffer(PointerTraits)
    }

    /// What the parameter of an iterator is, by its name; `nil` if the table does not name it.
    static func argument(_ name: String, of target: HookTarget) -> Argument? {
        guard target.kind == .iterator, name != "meta" else { return nil }
        // Of an iterator that is not known, nothing is promised.
        guard let rows = table[target.name] else { return .pointer(.maybeNull) }
        return rows[name]
    }

    /// Whether an iterator is known.
    static func isKnown(_ name: String) -> Bool { table[name] != nil }

    private static let key = Argument.buffer([.readOnly, .maybeNull])
    private static let value = Argument.buffer(.maybeNull)
    private static let borrowed = Argument.pointer(.maybeNull)
    private static let trusted = Argument.pointer([.trusted, .maybeNull])

    private static let table: [String: [String: Argument]] = [
        "bpf_link": ["link": borrowed],
        "bpf_map": ["map": trusted],
        "bpf_map_elem": ["key": key, "value": value],
        "bpf_prog": ["prog": borrowed],
        "bpf_sk_storage_map": ["sk": borrowed, "value": value],
        "cgroup": ["cgroup": trusted],
        "dmabuf": ["dmabuf": borrowed],
        "ipv6_route": ["rt": borrowed],
        "kmem_cache": ["s": trusted],
        "ksym": ["ksym": borrowed],
        "netlink": ["sk": borrowed],
        "sockmap": ["key": key, "sk": borrowed],
        "task": ["task": trusted],
        "task_file": ["task": borrowed, "file": borrowed],
        "task_vma": ["task": borrowed, "vma": borrowed],
        "tcp": ["sk_common": trusted],
        "udp": ["udp_sk": trusted],
        "unix": ["unix_sk": borrowed],
    ]
}
