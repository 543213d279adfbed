import EBPFTypeFormat

/// Swift's types as BTF, from the debug information of the compiler's intermediate output.
///
/// Names are the ones of the source, without modules; generic types whose layout debug information
/// leaves open are shown as what they are for (`FixedString` is text) or as bytes.
struct SwiftTypes {
    private let metadata: IRMetadata
    private var known: [Key: TypeID] = [:]
    private var cache: [BTFType: TypeID] = [:]
    /// The types so far, to which the linker adds its own.
    var builder = BTFBuilder()

    private struct Key: Hashable {
        let node: Int
        let size: Int
    }

    init(_ metadata: IRMetadata) { self.metadata = metadata }

    // MARK: Basic types

    /// A type; the same number for the same type, but for those with a name of their own.
    mutating func add(_ type: BTFType) -> TypeID {
        if let id = cache[type] { return id }
        let id = builder.add(type)
        cache[type] = id
        return id
    }

    /// C's `int`.
    mutating func int() -> TypeID {
        add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
    }

    /// So many elements of a type.
    mutating func array(_ element: TypeID, count: Int) -> TypeID {
        let index = int()
        return add(
            .array(ArrayType(element: element, index: index, count: UInt32(clamping: count))))
    }

    /// So many bytes without meaning.
    mutating func bytes(_ count: Int) -> TypeID {
        array(add(.integer(IntegerType(name: "unsigned char", size: 1))), count: count)
    }

    /// So many characters.
    private mutating func text(_ count: Int) -> TypeID {
        array(
            add(.integer(IntegerType(name: "char", size: 1, encoding: .signed))), count: count)
    }

    // MARK: Types of the source

    /// The type of a node of the debug information.
    ///
    /// - Parameter size: how many bytes it has, if that is known from elsewhere.
    mutating func type(_ node: Int, size: Int? = nil) -> TypeID {
        let node = unqualified(node)
        let size = size ?? self.size(node)
        let key = Key(node: node, size: size ?? -1)
        if let id = known[key] { return id }
        let id = describe(node, size)
        known[key] = id
        return id
    }

    /// The arguments of a generic type: of `HashMap<UInt16, Flow>`, the two nodes.
    func arguments(_ node: Int) -> [Int] {
        guard let list = metadata[inner(unqualified(node))]?.reference("templateParams"),
            let parameters = metadata[list]?.elements
        else { return [] }
        return parameters.compactMap { metadata[$0]?.reference("type") }
    }

    /// The name of a type without its module and arguments.
    func name(_ node: Int) -> String? {
        let node = unqualified(node)
        guard let type = metadata[node] else { return nil }
        if let name = type.string("name"), !name.hasPrefix("$") { return name }
        if let generic = type.reference("specification") { return name(generic) }
        guard let mangled = metadata[inner(node)]?.string("name") else { return nil }
        return MangledName.lastName(mangled)
    }

    /// The name of a type with its arguments, as a source writes it.
    func swiftName(_ node: Int) -> String? {
        if let number = literal(node) { return "\(number)" }
        if let type = metadata[unqualified(node)], isTuple(type) {
            let names = stored(type)?.compactMap { $0.reference("baseType") }.map { swiftName($0) }
            guard let names, names.allSatisfy({ $0 != nil }) else { return nil }
            return "(\(names.compactMap(\.self).joined(separator: ", ")))"
        }
        guard let name = name(node) else { return nil }
        let arguments = arguments(node).map { swiftName($0) }
        guard arguments.allSatisfy({ $0 != nil }) else { return nil }
        let list = arguments.compactMap(\.self).joined(separator: ", ")
        return list.isEmpty ? name : "\(name)<\(list)>"
    }

    /// How many bytes a type has, if its node says so.
    func size(_ node: Int) -> Int? {
        metadata[unqualified(node)]?.number("size").map { ($0 + 7) / 8 }
    }

    /// The type behind qualifiers and typedefs.
    private func unqualified(_ node: Int) -> Int {
        var node = node
        for _ in 0..<16 {
            guard let type = metadata[node], type.kind == "DIDerivedType",
                type.field("tag") != "DW_TAG_pointer_type", let base = type.reference("baseType")
            else { break }
            node = base
        }
        return node
    }

    /// A generic type stands in a wrapper without a name that knows its size.
    private func inner(_ node: Int) -> Int {
        guard let type = metadata[node], type.string("name") == nil,
            type.string("identifier") == nil, let list = type.reference("elements"),
            let member = metadata[list]?.elements.first,
            let inner = metadata[member]?.reference("baseType")
        else { return node }
        return inner
    }

    private mutating func describe(_ node: Int, _ size: Int?) -> TypeID {
        guard let type = metadata[node] else { return bytes(size ?? 0) }
        if type.field("tag") == "DW_TAG_pointer_type" { return add(.pointer(.void)) }
        if let primitive = primitive(type.string("identifier") ?? type.string("name") ?? "") {
            return primitive
        }
        if let generic = generic(node, size) { return generic }
        guard let size, type.field("tag") == "DW_TAG_structure_type",
            let members = members(type, size), !members.isEmpty
        else { return bytes(size ?? 0) }
        if isTuple(type), let element = members.first?.type, members.count > 1,
            members.allSatisfy({ $0.type == element }), size.isMultiple(of: members.count)
        {
            return array(element, count: members.count)
        }
        let name = isTuple(type) ? "" : Identifier.text(name(node) ?? "")
        // A struct may hold itself through a pointer only, which is a pointer to void here.
        return builder.add(.structure(CompositeType(name: name, size: size, members: members)))
    }

    /// The numbers of the standard library.
    private static let integers: [String: IntegerType] = [
        "UInt8": IntegerType(name: "unsigned char", size: 1),
        "Int8": IntegerType(name: "signed char", size: 1, encoding: .signed),
        "UInt16": IntegerType(name: "unsigned short", size: 2),
        "Int16": IntegerType(name: "short", size: 2, encoding: .signed),
        "UInt32": IntegerType(name: "unsigned int", size: 4),
        "Int32": IntegerType(name: "int", size: 4, encoding: .signed),
        "UInt64": IntegerType(name: "unsigned long long", size: 8),
        "Int64": IntegerType(name: "long long", size: 8, encoding: .signed),
        "UInt": IntegerType(name: "unsigned long", size: 8),
        "Int": IntegerType(name: "long", size: 8, encoding: .signed),
        "Bool": IntegerType(name: "_Bool", size: 1, encoding: .boolean),
    ]

    private mutating func primitive(_ identifier: String) -> TypeID? {
        Self.integers[MangledName.standardType(identifier) ?? ""].map { add(.integer($0)) }
    }

    /// Types of the standard library and of ours whose meaning is known.
    private mutating func generic(_ node: Int, _ size: Int?) -> TypeID? {
        guard let size, let name = name(node) else { return nil }
        let arguments = arguments(node)
        switch name {
        case "FixedString": return text(size)
        case "InlineArray" where arguments.count == 2:
            guard let count = literal(arguments[0]), count > 0, size.isMultiple(of: count)
            else { return nil }
            return array(type(arguments[1], size: size / count), count: count)
        case "BigEndian" where arguments.count == 1:
            let names = [2: "__be16", 4: "__be32", 8: "__be64"]
            guard let name = names[size] else { return nil }
            let number = type(arguments[0], size: size)
            return add(.alias(name: name, number))
        case "SpinLock" where size == 4:
            let word = add(.integer(IntegerType(name: "unsigned int", size: 4)))
            return kernelStructure("bpf_spin_lock", size, word)
        case "KernelTimer" where size == 16:
            let word = add(.integer(IntegerType(name: "unsigned long long", size: 8)))
            return kernelStructure("bpf_timer", size, array(word, count: 2))
        default: return nil
        }
    }

    /// A structure that the kernel finds in the values of maps by its name.
    private mutating func kernelStructure(_ name: String, _ size: Int, _ field: TypeID) -> TypeID {
        add(
            .structure(
                CompositeType(
                    name: name, size: size, members: [.init("opaque", field, bitOffset: 0)])))
    }

    /// The number that a generic type was given: `FixedString<16>` has one of the name `$e$15_D`.
    private func literal(_ node: Int) -> Int? {
        guard let name = metadata[unqualified(node)]?.string("name") else { return nil }
        return MangledName.integer(name)
    }

    /// The members of a struct of the source.
    mutating func structMembers(_ node: Int, size: Int) -> [CompositeType.Member] {
        metadata[unqualified(node)].flatMap { members($0, size) } ?? []
    }

    private mutating func members(
        _ type: IRMetadata.Node, _ size: Int
    ) -> [CompositeType.Member]? {
        guard let stored = stored(type) else { return nil }
        let offsets = offsets(stored, size)
        var members: [CompositeType.Member] = []
        for (index, member) in stored.enumerated() {
            let offset = offsets?[index] ?? member.number("offset") ?? 0
            let next = index + 1 < stored.count ? stored[index + 1].number("offset") ?? 0 : 8 * size
            guard let base = member.reference("baseType") else { return nil }
            let count = self.size(base) ?? member.number("size").map { ($0 + 7) / 8 }
            let type = self.type(base, size: count ?? max(0, next - offset) / 8)
            members.append(
                CompositeType.Member(
                    Identifier.text(member.string("name") ?? "\(index)"), type, bitOffset: offset))
        }
        return members
    }

    // MARK: Layout

    /// The stored members of a struct where Swift lays them out, in bytes; `nil` where types are not
    /// known well enough.
    func layout(_ node: Int) -> [(name: String, type: Int, start: Int, count: Int)]? {
        let node = unqualified(node)
        guard let size = size(node), let stored = metadata[node].flatMap({ stored($0) }),
            let offsets = offsets(stored, size)
        else { return nil }
        return zip(stored, offsets).compactMap { member, offset in
            guard let name = member.string("name"), let base = member.reference("baseType"),
                let count = self.size(base) ?? member.number("size").map({ ($0 + 7) / 8 })
            else { return nil }
            return (name, base, offset / 8, count)
        }
    }

    /// Where the members of a struct are, in bits, as Swift lays them out: each as near to the one
    /// before as its alignment permits. Debug information rounds sizes up on the way (Swift 6.3),
    /// which moves what follows a struct with room at its end.
    ///
    /// - Returns: `nil` where a type is not known well enough.
    private func offsets(_ members: [IRMetadata.Node], _ size: Int) -> [Int]? {
        var end = 0
        var offsets: [Int] = []
        for member in members {
            guard let base = member.reference("baseType"),
                let count = self.size(base) ?? member.number("size").map({ ($0 + 7) / 8 }),
                let alignment = alignment(base, count), alignment > 0
            else { return nil }
            let start = (end + alignment - 1) / alignment * alignment
            offsets.append(8 * start)
            end = start + count
        }
        return end <= size ? offsets : nil
    }

    /// The first bytes of a type that belong to no member, inside its members, too.
    func padding(_ node: Int, depth: Int = 0) -> Padding? {
        let node = unqualified(node)
        guard depth < 16, let size = size(node), let members = storedMembers(node),
            let offsets = offsets(members, size)
        else { return nil }
        var (end, last) = (0, "")
        for (member, offset) in zip(members, offsets) {
            let start = offset / 8
            if start > end, !last.isEmpty {
                return Padding(type: name(node) ?? "", member: last, count: start - end)
            }
            guard let base = member.reference("baseType") else { return nil }
            if let inner = padding(base, depth: depth + 1) { return inner }
            let count = self.size(base) ?? member.number("size").map { ($0 + 7) / 8 } ?? 0
            (end, last) = (start + count, member.string("name") ?? "")
        }
        return nil
    }

    /// The stored members of a struct of the source; `nil` for other types.
    private func storedMembers(_ node: Int) -> [IRMetadata.Node]? {
        guard let type = metadata[node], type.field("tag") == "DW_TAG_structure_type",
            !["InlineArray", "FixedString", "BigEndian"].contains(name(node)),
            !MangledName.isOfStandardLibrary(type.string("identifier") ?? "") || isTuple(type)
        else { return nil }
        return stored(type)
    }

    /// The members that are stored, those of a tuple among them, which have no names.
    private func stored(_ type: IRMetadata.Node) -> [IRMetadata.Node]? {
        guard let list = type.reference("elements") else { return nil }
        let hasNames = !isTuple(type)
        return (metadata[list]?.elements ?? []).compactMap { metadata[$0] }
            .filter {
                $0.field("tag") == "DW_TAG_member" && ($0.string("name") != nil || !hasNames)
            }
    }

    private func isTuple(_ type: IRMetadata.Node) -> Bool {
        MangledName.isTuple(type.string("identifier") ?? "")
    }

    /// What the cases of an enumeration carry; `nil` for other types.
    private func payloads(_ type: IRMetadata.Node) -> [IRMetadata.Node]? {
        guard let list = type.reference("elements"),
            let part = metadata[list]?.elements.first.flatMap({ metadata[$0] }),
            part.field("tag") == "DW_TAG_variant_part", let cases = part.reference("elements")
        else { return nil }
        return (metadata[cases]?.elements ?? []).compactMap { metadata[$0] }
            .filter { $0.reference("baseType") != nil }
    }

    /// The alignment of a type in bytes; `nil` where it is not known.
    private func alignment(_ node: Int, _ size: Int, depth: Int = 0) -> Int? {
        let node = unqualified(node)
        guard depth < 16, let type = metadata[node] else { return nil }
        if type.field("tag") == "DW_TAG_pointer_type" { return 8 }
        let identifier = type.string("identifier") ?? type.string("name") ?? ""
        if let number = Self.integers[MangledName.standardType(identifier) ?? ""] {
            return number.size
        }
        let arguments = arguments(node)
        switch name(node) {
        case "FixedString": return 1
        case "BigEndian": return size
        case "UnsafeRawPointer", "UnsafeMutableRawPointer", "UnsafePointer",
            "UnsafeMutablePointer", "OpaquePointer":
            return size
        case "InlineArray" where arguments.count == 2:
            guard let count = literal(arguments[0]), count > 0 else { return nil }
            return alignment(arguments[1], size / count, depth: depth + 1)
        case "Optional" where arguments.count == 1:
            guard let count = self.size(arguments[0]) else { return nil }
            return alignment(arguments[0], count, depth: depth + 1)
        default: break
        }
        if MangledName.isOfStandardLibrary(identifier), !isTuple(type),
            [1, 2, 4, 8].contains(size)
        {
            return size
        }
        // The number of a case; with payloads, they and it.
        if type.field("tag") == "DW_TAG_enumeration_type" { return size }
        var greatest = 1
        let members = (payloads(type) ?? stored(type) ?? []).compactMap { $0.reference("baseType") }
        for base in members {
            guard let count = self.size(base),
                let alignment = alignment(base, count, depth: depth + 1)
            else { return nil }
            greatest = max(greatest, alignment)
        }
        return members.isEmpty ? nil : greatest
    }
}

/// Names as the kernel takes them: letters, digits and underscores.
enum Identifier {
    static func text(_ name: String) -> String {
        let text = String(
            name.unicodeScalars.map { scalar in
                scalar.isASCII && scalar.properties.isAlphabetic || scalar.value == 95
                    || (48...57).contains(scalar.value) ? Character(scalar) : "_"
            })
        return text.first.map { $0.isNumber } ?? false ? "_" + text : text
    }
}
