/// Makes type information from scratch, or adds to what there is.
///
/// ```swift
/// var builder = BTFBuilder()
/// let number = builder.add(.integer(IntegerType(name: "unsigned int", size: 4)))
/// let pointer = builder.add(.pointer(number))
/// let types = try builder.build()
/// ```
///
/// Types are numbered in the order in which they are added, and may refer to types that are added
/// later: ``nextID`` says which number the next one gets, and ``subscript(_:)`` replaces one.
/// Strings are stored once.
public struct BTFBuilder: Sendable {
    /// The types that the new ones extend, if any.
    public let base: BTF?
    /// The types that have been added.
    public private(set) var types: [BTFType] = []
    private var strings: StringTable

    /// A builder without types.
    ///
    /// - Parameter base: types that the new ones extend; numbers go on where it ends.
    public init(base: BTF? = nil) {
        self.base = base
        strings = StringTable(firstOffset: base?.storage.stringsEnd ?? 0, bytes: [])
    }

    /// A builder that starts with all types and strings of others, under the same numbers.
    ///
    /// - Throws: ``BTFError`` if one of the types cannot be decoded.
    public init(extending types: BTF) throws(BTFError) {
        base = types.base
        let storage = types.storage
        strings = StringTable(
            firstOffset: storage.firstStringOffset,
            bytes: storage.bytes.copy(storage.strings)
        )
        self.types.reserveCapacity(types.ownTypeIDs.count)
        for id in types.ownTypeIDs { self.types.append(try types.type(id)) }
    }

    /// The number that the next type gets.
    public var nextID: TypeID { TypeID(UInt32(clamping: firstID + types.count)) }

    private var firstID: Int { base?.count ?? 1 }

    /// Adds a type and returns its number.
    public mutating func add(_ type: BTFType) -> TypeID {
        let id = nextID
        types.append(type)
        return id
    }

    /// A type that has been added.
    ///
    /// It can be replaced. Other numbers are `void`, for good.
    public subscript(id: TypeID) -> BTFType {
        get {
            let index = Int(id.rawValue) - firstID
            return types.indices.contains(index) ? types[index] : .void
        }
        set {
            let index = Int(id.rawValue) - firstID
            if types.indices.contains(index) { types[index] = newValue }
        }
    }

    /// The offset of a string among the strings; it is added if it is new.
    ///
    /// For sections such as `.BTF.ext` that refer to these strings.
    public mutating func offset(of string: String) -> UInt32 { strings.offset(of: string) }

    /// The encoded types.
    ///
    /// - Throws: ``BTFError`` if a type cannot be stored: too many members, a size above 32 bits,
    ///   a reference to a type that does not exist.
    public func bytes() throws(BTFError) -> [UInt8] {
        var encoder = TypeEncoder(strings: strings, typeCount: firstID + types.count)
        for (index, type) in types.enumerated() {
            try encoder.encode(type, id: TypeID(UInt32(clamping: firstID + index)))
        }
        return encoder.finish()
    }

    /// The types, ready for questions.
    ///
    /// - Throws: ``BTFError`` as ``bytes()`` does.
    public func build() throws(BTFError) -> BTF { try BTF(try bytes(), base: base) }
}

/// Strings, each stored once, one after the other with a zero at the end.
struct StringTable: Sendable {
    private(set) var bytes: [UInt8]
    private let firstOffset: Int
    private var offsets: [String: UInt32] = [:]

    init(firstOffset: Int, bytes: [UInt8]) {
        self.firstOffset = firstOffset
        self.bytes = bytes.isEmpty && firstOffset == 0 ? [0] : bytes
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0 {
            let string = String(decoding: bytes[start..<index], as: UTF8.self)
            if offsets[string] == nil { offsets[string] = UInt32(clamping: firstOffset + start) }
            start = index + 1
        }
    }

    mutating func offset(of string: String) -> UInt32 {
        guard !string.isEmpty else { return 0 }
        if let offset = offsets[string] { return offset }
        let offset = UInt32(clamping: firstOffset + bytes.count)
        // A zero inside would end the string; nothing after it could be read back.
        bytes += string.utf8.prefix { $0 != 0 }
        bytes.append(0)
        offsets[string] = offset
        return offset
    }
}
