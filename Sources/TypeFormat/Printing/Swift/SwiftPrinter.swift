/// Writes types as Swift declarations whose values have the same bytes.
///
/// A struct becomes a struct with explicit padding, so that Swift, which fills the tail of one
/// struct with the next, cannot lay it out otherwise. Where Swift has no such layout (unions,
/// packed structs, bit-fields) there are bytes, and accessors for what is in them.
struct SwiftPrinter {
    let types: BTF
    private var names: SwiftNames
    private(set) var declarations: [String] = []
    private var alignments: [TypeID: Int] = [:]
    private var opaque: Set<String> = []
    private var defined: Set<String> = []

    init(_ types: BTF) {
        self.types = types
        names = SwiftNames(types)
    }

    /// Writes a type and all that it holds.
    mutating func write(_ id: TypeID) throws(BTFError) {
        _ = try spelling(of: id, suggestion: "Anonymous", depth: 0)
    }

    /// The declarations so far, with those of types that are only pointed to.
    var text: String {
        let empty = opaque.subtracting(defined).sorted().map {
            "/// Only its addresses are known.\npublic enum \($0) {}\n"
        }
        return (declarations + empty).joined(separator: "\n")
    }

    // MARK: Spelling

    /// A type in Swift, and its alignment there; what it needs is written first.
    private mutating func spelling(
        of id: TypeID,
        suggestion: String,
        depth: Int
    ) throws(BTFError) -> (name: String, alignment: Int) {
        guard depth < BTF.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        let alias = try aliasName(of: id) ?? suggestion
        let resolved = try types.resolve(id)
        switch try types.type(resolved) {
        case .integer(let type): return integer(type)
        case .float(_, let size):
            let known = [4: "Float", 8: "Double"]
            return known[size].map { ($0, size) } ?? bytes(size)
        case .pointer(let target):
            return ("Address<\(try pointee(target, suggestion: alias, depth: depth + 1))>", 8)
        case .array(let array):
            let element = try spelling(of: array.element, suggestion: alias, depth: depth + 1)
            return ("InlineArray<\(array.count), \(element.name)>", element.alignment)
        case .enumeration(let type):
            let name = names.name(of: resolved, suggestion: alias)
            if alignments.updateValue(type.size, forKey: resolved) == nil { write(type, name) }
            return (name, type.size)
        case .structure(let type), .union(let type):
            let name = names.name(of: resolved, suggestion: alias)
            if let known = alignments[resolved] { return (name, known) }
            let isUnion = types.kind(of: resolved) == .union
            let alignment = try write(type, name, isUnion: isUnion, depth: depth)
            alignments[resolved] = alignment
            return (name, alignment)
        default: throw BTFError(.type(id), .noSize(types.describe(id)))
        }
    }

    private func aliasName(of id: TypeID) throws(BTFError) -> String? {
        let unqualified = try types.unqualified(id)
        guard types.kind(of: unqualified) == .alias else { return nil }
        return try types.name(of: unqualified)
    }

    private func bytes(_ count: Int) -> (name: String, alignment: Int) {
        ("InlineArray<\(count), UInt8>", 1)
    }

    private func integer(_ type: IntegerType) -> (name: String, alignment: Int) {
        guard [1, 2, 4, 8, 16].contains(type.size) else { return bytes(type.size) }
        if type.name == "char" { return ("CChar", 1) }
        let sign = type.encoding.contains(.signed) ? "" : "U"
        return ("\(sign)Int\(8 * type.size)", type.size)
    }

    /// What an address leads to: values behind it are not laid out here, a name is enough.
    private mutating func pointee(
        _ id: TypeID,
        suggestion: String,
        depth: Int
    ) throws(BTFError) -> String {
        guard depth < BTF.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        let alias = try aliasName(of: id) ?? suggestion + "_target"
        let resolved = try types.resolve(id)
        switch try types.type(resolved) {
        case .integer(let type): return integer(type).name
        case .float(_, let size): return [4: "Float", 8: "Double"][size] ?? bytes(size).name
        case .pointer(let target):
            return "Address<\(try pointee(target, suggestion: alias, depth: depth + 1))>"
        case .array(let array):
            return try pointee(array.element, suggestion: alias, depth: depth + 1)
        case .structure, .union, .forward, .enumeration:
            let name = names.name(of: resolved, suggestion: alias)
            opaque.insert(name)
            return name
        case .functionPrototype, .function: return "Function"
        default: return "Void"
        }
    }

    // MARK: Enumerations

    private mutating func write(_ type: EnumerationType, _ name: String) {
        defined.insert(name)
        let raw = "\(type.isSigned ? "" : "U")Int\(8 * type.size)"
        var lines = [
            "/// `enum \(type.name)`",
            "public struct \(name): RawRepresentable, Hashable, BitwiseCopyable, Sendable {",
            "    public var rawValue: \(raw)",
            "    public init(rawValue: \(raw)) { self.rawValue = rawValue }",
        ]
        var used: Set<String> = []
        for enumerator in type.enumerators {
            let member = SwiftNames.member(enumerator.name)
            guard used.insert(member).inserted else { continue }
            let pattern = UInt64(bitPattern: enumerator.value)
            lines.append(
                "    public static let \(member) = \(name)("
                    + "rawValue: \(raw)(truncatingIfNeeded: 0x\(String(pattern, radix: 16)) as UInt64))"
            )
        }
        declarations.append((lines + ["}"]).joined(separator: "\n") + "\n")
    }

    // MARK: Structs

    /// A member on its way into a declaration.
    private struct Field {
        var name: String
        var member: CompositeType.Member
        var type: String
        var alignment: Int
        var size: Int
    }

    /// Writes a struct or union.
    ///
    /// - Returns: its alignment in Swift.
    private mutating func write(
        _ type: CompositeType,
        _ name: String,
        isUnion: Bool,
        depth: Int
    ) throws(BTFError) -> Int {
        defined.insert(name)
        var fields: [Field] = []
        for (index, member) in type.members.enumerated() {
            let ownName = member.name.isEmpty ? "anonymous_\(index)" : member.name
            let suggestion = name.filter { $0 != "`" } + "_" + ownName
            let found = try spelling(of: member.type, suggestion: suggestion, depth: depth + 1)
            fields.append(
                Field(
                    name: SwiftNames.member(ownName),
                    member: member,
                    type: found.name,
                    alignment: found.alignment,
                    size: try types.size(of: member.type)
                )
            )
        }
        var lines = ["/// `\(isUnion ? "union" : "struct") \(type.name)`, \(type.size) bytes."]
        lines.append("public struct \(name): BitwiseCopyable, Sendable {")
        let stored = isUnion ? nil : storedFields(fields, size: type.size)
        if let stored {
            lines += stored.lines
        } else {
            lines.append("    public var storage: InlineArray<\(type.size), UInt8>")
            for field in fields where field.member.bitFieldSize == nil && field.size > 0 {
                lines += accessor(field, in: "storage", at: field.member.byteOffset)
            }
            for field in fields {
                lines += try bitField(field, in: "storage", startingAt: 0)
            }
        }
        for region in stored?.regions ?? [] {
            for field in region.fields {
                lines += try bitField(field, in: region.name, startingAt: region.start)
            }
        }
        for field in fields where field.member.name.isEmpty {
            lines += try forwarded(field, depth: depth)
        }
        declarations.append((lines + ["}"]).joined(separator: "\n") + "\n")
        return stored?.alignment ?? 1
    }

    /// Adjacent bit-fields and the bytes that hold them.
    private struct Region {
        var name: String
        var start: Int
        var end: Int
        var fields: [Field]
    }

    /// The fields one after the other with padding between, or `nil` if Swift has no such layout.
    private func storedFields(
        _ fields: [Field],
        size: Int
    ) -> (lines: [String], regions: [Region], alignment: Int)? {
        var lines: [String] = []
        var regions: [Region] = []
        var (end, alignment) = (0, 1)
        func pad(to offset: Int) {
            guard offset > end else { return }
            lines.append("    public var padding_\(end): InlineArray<\(offset - end), UInt8>")
        }
        for field in fields {
            let first = field.member.bitOffset
            if let width = field.member.bitFieldSize {
                let last = (first + width + 7) / 8
                if regions.last?.end == end, let region = regions.indices.last,
                    end > 0 || region > 0
                {
                    regions[region].end = max(end, last)
                    regions[region].fields.append(field)
                } else {
                    guard first / 8 >= end else { return nil }
                    let name = "bits_\(end)"
                    regions.append(Region(name: name, start: end, end: last, fields: [field]))
                    lines.append(name)
                }
                end = max(end, last)
                continue
            }
            guard field.size > 0 else { continue }
            let offset = first / 8
            guard first % 8 == 0, offset >= end, offset % field.alignment == 0 else { return nil }
            pad(to: offset)
            lines.append("    public var \(field.name): \(field.type)")
            alignment = max(alignment, field.alignment)
            end = offset + field.size
        }
        guard end <= size, size % alignment == 0 else { return nil }
        pad(to: size)
        for region in regions {
            guard let index = lines.firstIndex(of: region.name) else { continue }
            let count = region.end - region.start
            lines[index] = "    public var \(region.name): InlineArray<\(count), UInt8>"
        }
        return (lines, regions, alignment)
    }

    // MARK: Accessors

    private func accessor(_ field: Field, in storage: String, at offset: Int) -> [String] {
        [
            "    public var \(field.name): \(field.type) {",
            "        get { valueInBytes(\(storage), at: \(offset)) }",
            "        set { setValueInBytes(&\(storage), at: \(offset), newValue) }",
            "    }",
        ]
    }

    private func bitField(
        _ field: Field,
        in storage: String,
        startingAt start: Int
    ) throws(BTFError) -> [String] {
        guard let width = field.member.bitFieldSize, width <= 64, !field.member.name.isEmpty
        else { return [] }
        let first = field.member.bitOffset - 8 * start
        let bits = "bitsInBytes(\(storage), first: \(first), count: \(width))"
        let (get, set) =
            switch try types.resolvedType(field.member.type) {
            case .enumeration:
                (
                    ".init(rawValue: .init(truncatingIfNeeded: \(bits)))",
                    "UInt64(truncatingIfNeeded: newValue.rawValue)"
                )
            case .integer(let type) where type.encoding.contains(.signed):
                (
                    ".init(truncatingIfNeeded: "
                        + "Int64(bitPattern: \(bits) << \(64 - width)) >> \(64 - width))",
                    "UInt64(truncatingIfNeeded: newValue)"
                )
            default:
                (
                    ".init(truncatingIfNeeded: \(bits))",
                    "UInt64(truncatingIfNeeded: newValue)"
                )
            }
        return [
            "    public var \(field.name): \(field.type) {",
            "        get { \(get) }",
            "        set { setBitsInBytes(&\(storage), first: \(first), count: \(width), \(set)) }",
            "    }",
        ]
    }

    /// The members of an anonymous member, which C lets one name as if they were the outer's.
    private mutating func forwarded(_ field: Field, depth: Int) throws(BTFError) -> [String] {
        var lines: [String] = []
        let outer = field.type.filter { $0 != "`" }
        guard let inner = types.parts(of: try types.resolve(field.member.type)),
            !inner.areEnumerators
        else { return [] }
        for index in 0..<inner.count {
            let ownName =
                inner.isAnonymous(at: index)
                ? "anonymous_\(index)" : String(decoding: inner.name(at: index), as: UTF8.self)
            let suggestion = outer + "_" + ownName
            let id = try inner.type(at: index)
            let found = try spelling(of: id, suggestion: suggestion, depth: depth + 1)
            let part = Field(
                name: SwiftNames.member(ownName),
                member: .init(inner.isAnonymous(at: index) ? "" : ownName, id, bitOffset: 0),
                type: found.name,
                alignment: found.alignment,
                size: try types.size(of: id)
            )
            guard part.size > 0 else { continue }
            if part.member.name.isEmpty {
                let nested = try forwarded(part, depth: depth + 1)
                lines += nested.map {
                    $0.replacingFirst("{ \(part.name).", with: "{ \(field.name).\(part.name).")
                }
                continue
            }
            lines += [
                "    public var \(part.name): \(part.type) {",
                "        get { \(field.name).\(part.name) }",
                "        set { \(field.name).\(part.name) = newValue }",
                "    }",
            ]
        }
        return lines
    }
}

extension String {
    /// The text with the first occurrence of a part replaced.
    fileprivate func replacingFirst(_ part: String, with other: String) -> String {
        guard let start = indices.first(where: { self[$0...].hasPrefix(part) }) else { return self }
        let end = index(start, offsetBy: part.count)
        return self[..<start] + other + self[end...]
    }
}
