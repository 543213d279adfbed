/// How a structure of the UAPI lies in memory: what headers are printed from, and what decides
/// over accesses to a context.
public struct StructureLayout: Hashable, Sendable {
    /// The name in C, without `struct`: "xdp_md".
    public let name: String
    /// The length in bytes.
    public let size: Int
    /// The alignment in bytes.
    public let alignment: Int
    /// The members, in the UAPI's order.
    public let fields: [Field]

    init(_ name: String, size: Int, alignment: Int, _ fields: [Field]) {
        self.name = name
        self.size = size
        self.alignment = alignment
        self.fields = fields
    }

    /// A member of a structure or a union.
    public struct Field: Hashable, Sendable {
        /// The name in C, empty for members without one.
        public let name: String
        /// The type of the member, or of an array's element.
        public let type: FieldType
        /// Where it begins, in bytes from the beginning of the whole structure.
        public let offset: Int
        /// The length in bytes; of all elements, for an array.
        public let size: Int
        /// How many elements an array has; 0 is an array of any length at the end.
        public let count: Int?
    }

    /// What a member is.
    public indirect enum FieldType: Hashable, Sendable {
        /// A C type, by its name: "__u32".
        case named(String)
        /// A pointer that takes eight bytes on every machine (`__bpf_md_ptr`), by its C type.
        case alignedPointer(String)
        /// A structure within the structure.
        case structure([Field])
        /// Members that share their memory.
        case union([Field])
    }
}

extension StructureLayout {
    /// The member that is reached by a path of names: "flow_keys", "ipv4.saddr".
    ///
    /// Members without a name are looked through, as in C.
    public func field(_ path: String) -> Field? {
        Self.find(path.split(separator: ".")[...], in: fields)
    }

    /// The innermost member that begins at or before an offset and reaches beyond it.
    ///
    /// Of members that share memory the first one counts.
    public func field(at offset: Int) -> Field? {
        Self.find(offset, in: fields)
    }

    /// The layout of a structure, by its name in C.
    public static func named(_ name: String) -> StructureLayout? { byName[name] }

    private static let byName: [String: StructureLayout] =
        Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

    private static func find(_ path: ArraySlice<Substring>, in fields: [Field]) -> Field? {
        guard let name = path.first else { return nil }
        for field in fields {
            if field.name.isEmpty, let found = find(path, in: field.members) { return found }
            guard field.name == name else { continue }
            return path.count == 1 ? field : find(path.dropFirst(), in: field.members)
        }
        return nil
    }

    private static func find(_ offset: Int, in fields: [Field]) -> Field? {
        let found = fields.first { $0.offset <= offset && offset - $0.offset < $0.size }
        guard let found, !found.members.isEmpty else { return found }
        return find(offset, in: found.members)
    }
}

extension StructureLayout.Field {
    /// The members of a structure or union; none for values.
    public var members: [StructureLayout.Field] {
        switch type {
        case .named, .alignedPointer: []
        case .structure(let members), .union(let members): members
        }
    }

    init(_ name: String, _ type: String, at offset: Int, size: Int) {
        self.init(name: name, type: .named(type), offset: offset, size: size, count: nil)
    }

    static func array(
        _ name: String, _ type: String, count: Int, at offset: Int, size: Int
    ) -> Self {
        .init(name: name, type: .named(type), offset: offset, size: size, count: count)
    }

    static func alignedPointer(_ name: String, _ type: String, at offset: Int) -> Self {
        .init(name: name, type: .alignedPointer(type), offset: offset, size: 8, count: nil)
    }

    static func structure(_ name: String, at offset: Int, size: Int, _ members: [Self]) -> Self {
        .init(name: name, type: .structure(members), offset: offset, size: size, count: nil)
    }

    static func union(_ name: String, at offset: Int, size: Int, _ members: [Self]) -> Self {
        .init(name: name, type: .union(members), offset: offset, size: size, count: nil)
    }
}
