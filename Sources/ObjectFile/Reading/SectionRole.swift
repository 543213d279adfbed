/// What a section is for, by its name and flags: the conventions of BPF's loaders.
enum SectionRole: Equatable {
    /// Functions that are programs, by the name of the section.
    case programs
    /// Functions that programs call: `.text`.
    case subprograms
    /// Maps in the way of before type information: `maps`.
    case legacyMaps
    /// Maps as variables with types: `.maps`.
    case typedMaps
    /// Global variables: `.data`, `.bss`, `.rodata`.
    case data(isReadOnly: Bool)
    /// Global variables within an arena: `.addr_space.1`.
    case arena
    /// Structures of functions that the kernel calls: `.struct_ops`.
    case structOperations(isLink: Bool)
    /// Anything else.
    case other

    init(_ section: ELFSection) {
        let name = section.name
        if section.size == 0 || section.kind == .null {
            self = .other
        } else if section.flags.contains(.executable) {
            guard section.kind == .contents else {
                self = .other
                return
            }
            self = name == ".text" || name.hasPrefix(".text.") ? .subprograms : .programs
        } else if section.kind == .contents || section.kind == .zeros {
            self = Self.data(name)
        } else {
            self = .other
        }
    }

    private static func data(_ name: String) -> SectionRole {
        switch name {
        case "maps": return .legacyMaps
        case ".maps": return .typedMaps
        case ".struct_ops", "?.struct_ops": return .structOperations(isLink: false)
        case ".struct_ops.link", "?.struct_ops.link": return .structOperations(isLink: true)
        case ".addr_space.1", ".arena.1": return .arena
        default: break
        }
        if name.hasPrefix("maps/") { return .legacyMaps }
        for prefix in [".rodata", ".data", ".bss"]
        where name == prefix || name.hasPrefix(prefix + ".") {
            return .data(isReadOnly: prefix == ".rodata")
        }
        return .other
    }

    /// Whether it holds functions.
    var isCode: Bool { self == .programs || self == .subprograms }
}
