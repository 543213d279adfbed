import EBPFBytecode
import EBPFTypeFormat

/// A map as the program declares it: what the initialiser of a global left in its memory.
///
/// The layout is that of `MapDefinition` in the module `EBPFProgram`.
struct MapDeclaration {
    /// How many bytes a map variable has; libbpf expects no less.
    static let byteCount = 64
    /// What every definition begins with.
    static let magic: [UInt8] = Array("EBPFMAP1".utf8)

    let name: String
    let type: MapType
    let keySize: UInt32
    let valueSize: UInt32
    let maxEntries: UInt32
    let flags: UInt32
    let pinning: UInt32
    let extra: UInt64
    /// Which argument of the generic type is the key, counted from 1; 0 if none is.
    let keyArgument: UInt8
    /// Which argument is the value.
    let valueArgument: UInt8
    /// How the key is made of its argument.
    let keyForm: KeyForm
    /// Which argument is the type of events, which the kernel does not hear of.
    let eventArgument: UInt8
    /// Which argument is the type of the maps in this map; 0 if it holds none.
    let innerArgument: UInt8
    /// What these maps are; empty if it holds none.
    let inner: [MapDeclaration]

    /// How a key is made.
    enum KeyForm: UInt8 {
        /// It is the argument.
        case plain
        /// It is a length in bits and the argument.
        case prefix
        /// It is an index.
        case index
    }

    /// Reads a definition; `nil` if the bytes are none.
    init?(name: String, _ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count >= Self.byteCount, bytes.starts(with: Self.magic) else { return nil }
        func word(_ offset: Int) -> UInt32 {
            bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        guard let type = MapType(rawValue: word(8)) else { return nil }
        self.name = name
        self.type = type
        keySize = word(12)
        valueSize = word(16)
        maxEntries = word(20)
        flags = word(24)
        pinning = word(28)
        extra = UInt64(word(36)) << 32 | UInt64(word(32))
        keyArgument = bytes[40]
        valueArgument = bytes[41]
        keyForm = KeyForm(rawValue: bytes[42]) ?? .plain
        eventArgument = bytes[43]
        innerArgument = bytes[45]
        inner = innerArgument > 0 ? [MapDeclaration(inner: bytes, word)].compactMap(\.self) : []
    }

    /// What the maps in a map are.
    private init?(inner bytes: [UInt8], _ word: (Int) -> UInt32) {
        guard let type = MapType(rawValue: UInt32(bytes[44])) else { return nil }
        name = ""
        self.type = type
        keySize = word(48)
        valueSize = word(52)
        maxEntries = word(56)
        flags = word(60)
        (pinning, extra) = (0, 0)
        (keyArgument, valueArgument) = (bytes[46] & 0xf, bytes[46] >> 4)
        keyForm = KeyForm(rawValue: bytes[47] & 0xf) ?? .plain
        eventArgument = bytes[47] >> 4
        (innerArgument, inner) = (0, [])
    }
}

extension MapDeclaration {
    /// The type of the variable in section `.maps`, in libbpf's notation: numbers are the lengths
    /// of arrays that pointers point to, types are pointers.
    func type(_ types: inout SwiftTypes, arguments: [Int]) -> TypeID {
        var members: [(name: String, type: TypeID)] = []
        func number(_ name: String, _ value: UInt32) {
            let int = types.int()
            let array = types.array(int, count: Int(value))
            members.append((name, types.add(.pointer(array))))
        }
        func argument(_ index: UInt8, _ size: UInt32, _ types: inout SwiftTypes) -> TypeID? {
            guard index > 0, Int(index) <= arguments.count else { return nil }
            return types.type(arguments[Int(index) - 1], size: Int(size))
        }
        number("type", type.rawValue)
        if let key = keyType(&types, argument) {
            members.append(("key", types.add(.pointer(key))))
        } else if keySize > 0 {
            number("key_size", keySize)
        }
        if let value = argument(valueArgument, valueSize, &types) {
            members.append(("value", types.add(.pointer(value))))
        } else if valueSize > 0 {
            number("value_size", valueSize)
        }
        if maxEntries > 0 { number("max_entries", maxEntries) }
        if flags > 0 { number("map_flags", flags) }
        if pinning > 0 { number("pinning", pinning) }
        if extra > 0 { number("map_extra", UInt32(clamping: extra)) }
        if let inner = inner.first, Int(innerArgument) <= arguments.count {
            // Loaders want it last.
            let node = arguments[Int(innerArgument) - 1]
            let shape = inner.type(&types, arguments: types.arguments(node))
            let pointer = types.add(.pointer(shape))
            members.append(("values", types.array(pointer, count: 0)))
        }
        return types.builder.add(
            .structure(
                CompositeType(
                    name: "", size: 8 * (members.count - inner.count),
                    members: members.enumerated().map {
                        CompositeType.Member($1.name, $1.type, bitOffset: 64 * $0)
                    })))
    }

    private func keyType(
        _ types: inout SwiftTypes,
        _ argument: (UInt8, UInt32, inout SwiftTypes) -> TypeID?
    ) -> TypeID? {
        switch keyForm {
        case .index: return types.add(.integer(IntegerType(name: "unsigned int", size: 4)))
        case .plain: return argument(keyArgument, keySize, &types)
        case .prefix:
            guard keySize > 4, let address = argument(keyArgument, keySize - 4, &types) else {
                return nil
            }
            let length = types.add(.integer(IntegerType(name: "unsigned int", size: 4)))
            return types.builder.add(
                .structure(
                    CompositeType(
                        name: "lpm_key", size: Int(keySize),
                        members: [
                            .init("prefixlen", length, bitOffset: 0),
                            .init("address", address, bitOffset: 32),
                        ])))
        }
    }
}

extension MapDeclaration {
    /// Refuses a map in a local variable: it would be a copy of the declaration on the stack.
    static func checkThatNoneIsLocal(_ function: LinkedFunction) throws(LinkFailure) {
        let code = function.raw.instructions
        let low = magic[..<4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        for (slot, instruction) in code.enumerated() where instruction.opcode == 0x18 {
            guard function.raw.references[slot] == nil,
                UInt32(bitPattern: instruction.immediate) == low, slot + 1 < code.count,
                code[slot + 1].immediate
                    == magic[4...].reversed().reduce(0, { $0 << 8 | Int32($1) })
            else { continue }
            throw LinkFailure(
                "a map cannot be a local variable", at: function.line(slot),
                remedy: "declare it outside of functions, with let")
        }
    }
}
