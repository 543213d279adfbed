extension ConstantGroup {
    static let types: [ConstantGroup] = [
        mapTypes, mapTypeAliases, programTypes, attachTypes, helperNumbers,
    ]

    /// The kinds of maps, from ``MapType``.
    public static let mapTypes = ConstantGroup(
        "bpf_map_type", MapType.allCases.map { ($0.constantName, Int64($0.rawValue)) })

    /// The names that two deprecated kinds had before.
    public static let mapTypeAliases = ConstantGroup(
        nil, [
            ("BPF_MAP_TYPE_CGROUP_STORAGE", 19),
            ("BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE", 21),
        ])

    /// The kinds of programs, from ``ProgramType``.
    public static let programTypes = ConstantGroup(
        "bpf_prog_type", ProgramType.allCases.map { ($0.constantName, Int64($0.rawValue)) })

    /// Where programs are attached, from ``AttachType``, as far as Linux 6.18 knows them.
    public static let attachTypes = ConstantGroup(
        "bpf_attach_type",
        AttachType.allCases.filter { $0.since <= .vocabulary }
            .map { ($0.constantName, Int64($0.rawValue)) })

    /// The numbers of helpers, from ``Helper``.
    public static let helperNumbers = ConstantGroup(
        "bpf_func_id",
        [("BPF_FUNC_unspec", 0)]
            + Helper.all.map { ("BPF_FUNC_" + $0.name, Int64($0.id.rawValue)) })
}

extension MapType {
    /// The constant's name in C: "BPF_MAP_TYPE_HASH".
    public var constantName: String {
        let isDeprecated =
            self == .cgroupStorageDeprecated || self == .perCPUCgroupStorageDeprecated
        return "BPF_MAP_TYPE_" + name.uppercased() + (isDeprecated ? "_DEPRECATED" : "")
    }
}

extension ProgramType {
    /// The constant's name in C: "BPF_PROG_TYPE_XDP".
    public var constantName: String { "BPF_PROG_TYPE_" + name.uppercased() }
}

extension AttachType {
    /// The constant's name in C: "BPF_XDP_DEVMAP".
    public var constantName: String { "BPF_" + name.uppercased() }
}
