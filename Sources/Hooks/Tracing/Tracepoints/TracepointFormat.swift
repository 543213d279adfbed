import EBPFBytecode
public import EBPFKernel
public import EBPFTypeFormat

/// What a tracepoint records, as its programs see it: its fields and where they lie.
public struct TracepointFormat: Hashable, Sendable {
    /// A field of the record.
    public struct Field: Hashable, Sendable {
        /// The name in the kernel's source.
        public var name: String
        /// The type in C, without the name and the brackets of an array: `pid_t`,
        /// `__data_loc char[]`.
        public var type: String
        /// How many elements an array has; `nil` for what is none.
        public var count: Int?
        /// Where it begins, in bytes from the start of the record.
        public var offset: Int
        /// How many bytes it has.
        public var byteCount: Int
        /// Whether numbers may be below zero.
        public var isSigned: Bool

        /// The field as C declares it.
        public var declaration: String {
            guard let count else {
                return type.hasSuffix("*") ? type + name : "\(type) \(name)"
            }
            return "\(type) \(name)[\(count)]"
        }
    }

    /// How many bytes of each record are common to all tracepoints: type, flags, process.
    public static let commonByteCount = 8

    /// The group: "sched".
    public var group: String
    /// The name: "sched_process_exec".
    public var name: String
    /// The fields after those that are common to all, in their order.
    public var fields: [Field]
}

// MARK: Reading tracefs

extension TracepointFormat {
    /// Reads the text of a file `events/GROUP/NAME/format`.
    ///
    /// - Throws: ``KernelError`` for a line that is none of such a text.
    public init(group: String, name: String, text: String) throws(KernelError) {
        self.group = group
        self.name = name
        fields = []
        for line in text.split(separator: "\n") {
            let line = line.drop { $0 == "\t" || $0 == " " }
            guard line.hasPrefix("field:") else { continue }
            guard let field = Field(line) else {
                throw KernelError(
                    "reading the format of tracepoint \(group):\(name)", .invalidArgument,
                    reason: "this is no field: \(line)")
            }
            if !field.name.hasPrefix("common_") { fields.append(field) }
        }
        guard !fields.isEmpty || text.contains("field:") else {
            throw KernelError(
                "reading the format of tracepoint \(group):\(name)", .invalidArgument,
                reason: "it has no fields")
        }
    }
}

extension TracepointFormat.Field {
    /// Reads `field:pid_t pid; offset:12; size:4; signed:1;`.
    fileprivate init?(_ line: Substring) {
        var values: [Substring: Substring] = [:]
        for part in line.split(separator: ";") {
            let part = part.drop { $0 == "\t" || $0 == " " }
            guard let colon = part.firstIndex(of: ":") else { continue }
            values[part[..<colon]] = part[part.index(after: colon)...]
        }
        guard let declaration = values["field"], let offset = values["offset"].flatMap({ Int($0) }),
            let size = values["size"].flatMap({ Int($0) }), offset >= 0, size >= 0,
            let space = declaration.lastIndex(of: " ")
        else { return nil }
        var name = declaration[declaration.index(after: space)...]
        if let bracket = name.firstIndex(of: "[") {
            // The length may be an expression of the kernel's source; then the size tells.
            let length = name[name.index(after: bracket)...].dropLast()
            name = name[..<bracket]
            count = Int(length) ?? size
        }
        guard !name.isEmpty else { return nil }
        self.name = String(name)
        type = String(declaration[..<space])
        self.offset = offset
        byteCount = size
        isSigned = values["signed"] == "1"
    }
}

extension Tracefs {
    /// What a tracepoint records.
    ///
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such tracepoint.
    public func format(
        ofTracepoint name: String, in group: String
    ) throws(KernelError) -> TracepointFormat {
        // Says which names there are, if this one is none.
        _ = try id(ofTracepoint: name, in: group)
        let text = try attempting("reading the format of tracepoint \(group):\(name)") {
            () throws(KernelErrno) in
            try system.text(of: "\(root)/events/\(group)/\(name)/format")
        }
        return try TracepointFormat(group: group, name: name, text: text)
    }
}

// MARK: Reading the kernel's types

extension TracepointFormat {
    /// What a tracepoint records, by the kernel's types (`struct trace_event_raw_NAME`); `nil` if
    /// they do not know it: tracepoints that share their fields have only the type of one of them.
    ///
    /// - Throws: `BTFError` for types that make no sense.
    public init?(group: String, name: String, types: BTF) throws(BTFError) {
        guard let id = types.first(named: "trace_event_raw_\(name)", kind: .structure)
        else { return nil }
        self.group = group
        self.name = name
        fields = []
        let mark = "__data_loc_"
        for member in try types.members(of: id)
        where member.byteOffset >= Self.commonByteCount && member.name != "__data" {
            let isLocation = member.name.hasPrefix(mark)
            var field = Field(
                name: isLocation ? String(member.name.dropFirst(mark.count)) : member.name,
                type: isLocation ? "__data_loc char[]" : "", offset: member.byteOffset,
                byteCount: try types.size(of: member.type), isSigned: false)
            if !isLocation { try field.setType(member.type, types) }
            fields.append(field)
        }
    }
}

extension TracepointFormat.Field {
    fileprivate mutating func setType(_ id: TypeID, _ types: BTF) throws(BTFError) {
        switch try types.resolvedType(id) {
        case .array(let array):
            type = try types.declaration(of: array.element)
            count = Int(array.count)
        case .integer(let integer):
            type = try types.declaration(of: id)
            isSigned = integer.encoding.contains(.signed)
        case .enumeration(let enumeration):
            type = try types.declaration(of: id)
            isSigned = enumeration.isSigned
        default: type = try types.declaration(of: id)
        }
    }
}
