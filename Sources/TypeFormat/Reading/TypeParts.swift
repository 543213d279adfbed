/// The members of a struct or union, or the enumerators of an enumeration, looked at in place.
///
/// Nothing is copied or decoded until it is asked for: of a kernel's struct with 300 members most
/// questions are about one.
public struct TypeParts: Sendable {
    /// How many there are.
    public let count: Int
    /// Whether they are enumerators rather than members.
    public let areEnumerators: Bool

    private let types: BTF
    private let bytes: TypeBytes
    private let start: Int
    private let stride: Int
    private let hasFlag: Bool

    init?(_ types: BTF, _ id: TypeID) {
        guard let (storage, offset) = types.storage.locate(id) else { return nil }
        let record = TypeRecord(storage.bytes, at: offset)
        switch TypeKind(rawValue: record.kindNumber) {
        case .structure, .union: (stride, areEnumerators) = (12, false)
        case .enumeration: (stride, areEnumerators) = (8, true)
        case .enumeration64: (stride, areEnumerators) = (12, true)
        default: return nil
        }
        self.types = types
        bytes = storage.bytes
        start = offset + TypeRecord.byteCount
        count = record.count
        hasFlag = record.kindFlag
    }

    /// The name of a part; empty if it has none, or the string does not exist.
    public func name(at index: Int) -> ArraySlice<UInt8> {
        types.storage.name(at: bytes.word(at: start + stride * index))
    }

    /// Whether a part has a name, this one.
    public func has(_ name: [UInt8], at index: Int) -> Bool {
        let offset = bytes.word(at: start + stride * index)
        return offset != 0 && types.storage.hasString(name, at: Int(offset))
    }

    /// Whether a part has no name.
    public func isAnonymous(at index: Int) -> Bool {
        let offset = bytes.word(at: start + stride * index)
        return offset == 0 || types.storage.hasString([], at: Int(offset))
    }

    /// The type of a member.
    ///
    /// - Throws: ``BTFError`` if there is no such type.
    public func type(at index: Int) throws(BTFError) -> TypeID {
        let id = TypeID(bytes.word(at: start + stride * index + 4))
        guard id.rawValue < types.count
        else { throw BTFError(.type(id), .noSuchType(id, count: types.count)) }
        return id
    }

    /// Where a member starts, in bits.
    public func bitOffset(at index: Int) -> Int {
        let place = bytes.word(at: start + stride * index + 8)
        return Int(hasFlag ? place & 0xff_ffff : place)
    }

    /// The width of a member that is a bit-field.
    public func bitFieldSize(at index: Int) -> Int? {
        let width = hasFlag ? bytes.word(at: start + stride * index + 8) >> 24 : 0
        return width == 0 ? nil : Int(width)
    }

    /// The number that an enumerator stands for; 32 bits are extended as the enumeration's sign
    /// says.
    public func value(at index: Int) -> Int64 {
        let low = bytes.word(at: start + stride * index + 4)
        guard stride == 8 else {
            let high = bytes.word(at: start + stride * index + 8)
            return Int64(bitPattern: UInt64(high) << 32 | UInt64(low))
        }
        return hasFlag ? Int64(Int32(bitPattern: low)) : Int64(low)
    }
}

extension BTF {
    /// The members or enumerators of a type, in place; `nil` for types without.
    public func parts(of id: TypeID) -> TypeParts? { TypeParts(self, id) }

    /// The bytes of a type's name, in place; empty if it has none.
    public func nameBytes(of id: TypeID) -> ArraySlice<UInt8> {
        guard id != .void, let (storage, offset) = storage.locate(id) else { return [] }
        return storage.name(at: storage.bytes.word(at: offset))
    }
}
