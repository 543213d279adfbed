extension BTF {
    /// A type as it is stored, in the notation of `bpftool btf dump`; members, parameters and
    /// variables follow on lines of their own.
    ///
    /// - Parameter id: the type.
    /// - Returns: one or more lines, without a line break at the end.
    /// - Throws: ``BTFError`` if the type cannot be decoded.
    public func summary(of id: TypeID) throws(BTFError) -> String {
        let type = try type(id)
        guard let kind = type.kind else { return "\(id) VOID" }
        let name = type.name.isEmpty ? "(anon)" : type.name
        return "\(id) \(kind) '\(name)'" + (try details(of: type))
    }

    private func details(of type: BTFType) throws(BTFError) -> String {
        switch type {
        case .void: return ""
        case .integer(let type):
            return " size=\(type.size) bits_offset=\(type.bitOffset) nr_bits=\(type.bitCount)"
                + " encoding=\(type.encoding)"
        case .pointer(let target), .alias(_, let target), .volatile(let target),
            .constant(let target), .restrict(let target), .typeTag(_, let target, _):
            return " type_id=\(target.rawValue)"
        case .array(let type):
            return " type_id=\(type.element.rawValue) index_type_id=\(type.index.rawValue)"
                + " nr_elems=\(type.count)"
        case .structure(let type), .union(let type): return summary(type)
        case .enumeration(let type): return summary(type)
        case .forward(_, let isUnion): return " fwd_kind=\(isUnion ? "union" : "struct")"
        case .function(_, let prototype, let linkage):
            return " type_id=\(prototype.rawValue) linkage=\(linkage)"
        case .functionPrototype(let type): return summary(type)
        case .variable(_, let target, let linkage):
            return " type_id=\(target.rawValue), linkage=\(linkage)"
        case .dataSection(let type): return try summary(type)
        case .float(_, let size): return " size=\(size)"
        case .declarationTag(let tag):
            return " type_id=\(tag.target.rawValue) component_idx=\(tag.component ?? -1)"
        }
    }

    private func summary(_ type: CompositeType) -> String {
        lines(" size=\(type.size) vlen=\(type.members.count)", type.members) {
            let width = $0.bitFieldSize.map { " bitfield_size=\($0)" } ?? ""
            return "\(quoted($0.name)) type_id=\($0.type.rawValue) bits_offset=\($0.bitOffset)"
                + width
        }
    }

    private func summary(_ type: EnumerationType) -> String {
        let encoding = type.isSigned ? "SIGNED" : "UNSIGNED"
        return lines(
            " encoding=\(encoding) size=\(type.size) vlen=\(type.enumerators.count)",
            type.enumerators
        ) {
            let value =
                type.isSigned ? "\($0.value)" : "\(UInt64(bitPattern: $0.value))"
            let suffix = type.is64Bit ? (type.isSigned ? "LL" : "ULL") : ""
            return "\(quoted($0.name)) val=\(value)\(suffix)"
        }
    }

    private func summary(_ type: PrototypeType) -> String {
        lines(
            " ret_type_id=\(type.result.rawValue) vlen=\(type.parameters.count)",
            type.parameters
        ) { "\(quoted($0.name)) type_id=\($0.type.rawValue)" }
    }

    private func summary(_ type: DataSectionType) throws(BTFError) -> String {
        var text = " size=\(type.size) vlen=\(type.variables.count)"
        for variable in type.variables {
            text += "\n\ttype_id=\(variable.type.rawValue) offset=\(variable.offset)"
            text += " size=\(variable.size)"
            guard let kind = kind(of: variable.type) else { continue }
            text += " (\(kind) \(quoted(try name(of: variable.type))))"
        }
        return text
    }

    private func lines<Part>(
        _ head: String,
        _ parts: [Part],
        _ line: (Part) -> String
    ) -> String {
        parts.reduce(into: head) { $0 += "\n\t" + line($1) }
    }

    private func quoted(_ name: String) -> String { name.isEmpty ? "'(anon)'" : "'\(name)'" }
}

extension IntegerType.Encoding: CustomStringConvertible {
    /// The names of the bits as bpftool prints them.
    public var description: String {
        let names = [
            (Self.signed, "SIGNED"), (.character, "CHAR"), (.boolean, "BOOL"),
        ].filter { contains($0.0) }.map(\.1)
        return names.isEmpty ? "(none)" : names.joined(separator: " ")
    }
}

extension FunctionLinkage: CustomStringConvertible {
    /// `static`, `global` or `extern`.
    public var description: String {
        switch self {
        case .static: "static"
        case .global: "global"
        case .external: "extern"
        }
    }
}

extension VariableLinkage: CustomStringConvertible {
    /// `static`, `global` or `extern`.
    public var description: String {
        switch self {
        case .static: "static"
        case .global: "global"
        case .external: "extern"
        }
    }
}
