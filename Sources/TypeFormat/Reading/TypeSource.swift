/// Types as printers read them: words and bytes in place, without a value for each type.
///
/// A name is a place among the strings, which are numbered through: those of the base first.
protocol TypeSource {
    /// How many types there are, counting `void`.
    var count: Int { get }
    /// How many bytes of strings there are.
    var stringByteCount: Int { get }

    /// A word of a stored type, counted from its first (`struct btf_type` and what follows).
    ///
    /// - Precondition: the type is stored, and long enough.
    func word(_ index: Int, of id: TypeID) -> UInt32

    /// A byte of the strings.
    ///
    /// - Precondition: `0 <= offset && offset < stringByteCount`.
    func stringByte(_ offset: Int) -> UInt8
}

/// Where a name stands among the strings, without the zero that ends it.
typealias NamePlace = Range<Int>

extension TypeSource {
    /// The kind of a type; `nil` for `void`, and for kinds that nobody knows.
    @inline(__always)
    func kind(of id: TypeID) -> TypeKind? {
        guard id != .void, id.rawValue < count else { return nil }
        return TypeKind(rawValue: TypeRecord.kindNumber(info: word(1, of: id)))
    }

    /// How many members, parameters or enumerators a type has.
    @inline(__always)
    func partCount(of id: TypeID) -> Int { Int(word(1, of: id) & 0xff_ffff) }

    /// The highest bit of a type's second word, which means something else for each kind.
    @inline(__always)
    func hasFlag(_ id: TypeID) -> Bool { word(1, of: id) >> 31 != 0 }

    /// The type that a type stands around or points to.
    @inline(__always)
    func target(of id: TypeID) throws(BTFError) -> TypeID {
        try reference(word(2, of: id), in: id)
    }

    /// A number of a type that stands in another.
    @inline(__always)
    func reference(_ number: UInt32, in id: TypeID) throws(BTFError) -> TypeID {
        guard number < count
        else { throw BTFError(.type(id), .noSuchType(TypeID(number), count: count)) }
        return TypeID(number)
    }

    /// The name of a type; empty if it has none.
    func name(of id: TypeID) throws(BTFError) -> NamePlace {
        id == .void ? 0..<0 : try string(word(0, of: id), in: id)
    }

    /// The string that a type refers to.
    func string(_ offset: UInt32, in id: TypeID) throws(BTFError) -> NamePlace {
        guard offset != 0 else { return 0..<0 }
        let start = Int(offset)
        let end = min(stringByteCount, start + BTFStorage.nameLimit + 1)
        var place = start
        while place < end {
            if stringByte(place) == 0 { return start..<place }
            place += 1
        }
        throw BTFError(.type(id), .noSuchString(offset: offset))
    }
}

/// Types looked up one by one: for those who ask about a few.
struct SingleTypes: TypeSource {
    private let storage: BTFStorage

    init(_ types: BTF) { storage = types.storage }

    var count: Int { storage.count }
    var stringByteCount: Int { storage.stringsEnd }

    func word(_ index: Int, of id: TypeID) -> UInt32 {
        guard let (storage, offset) = storage.locate(id) else { return 0 }
        return storage.bytes.word(at: offset + 4 * index)
    }

    func stringByte(_ offset: Int) -> UInt8 {
        var storage = storage
        while offset < storage.firstStringOffset, let base = storage.base { storage = base }
        return storage.bytes[storage.strings.lowerBound + offset - storage.firstStringOffset]
    }
}

/// Types whose places are noted: for those who go through all.
struct IndexedTypes: TypeSource {
    private let bytes: TypeBytes
    /// Where each type starts; nothing is at 0, which is `void`.
    private let starts: [UInt32]
    private let strings: Range<Int>

    init(_ types: BTF) {
        var chain = [types.storage]
        while let base = chain[0].base { chain.insert(base, at: 0) }
        var starts: [UInt32] = [0]
        starts.reserveCapacity(types.count)
        guard chain.count > 1 else {
            let storage = chain[0]
            storage.offsets.visit { _, offset in
                starts.append(UInt32(truncatingIfNeeded: offset))
                return true
            }
            (bytes, strings, self.starts) = (storage.bytes, storage.strings, starts)
            return
        }
        // What stands on a base is put behind it: first the types, then the strings.
        var copy: [UInt8] = []
        for storage in chain {
            let shift = copy.count - storage.offsets.section.lowerBound
            storage.offsets.visit { _, offset in
                starts.append(UInt32(truncatingIfNeeded: offset + shift))
                return true
            }
            copy += storage.bytes.copy(storage.offsets.section)
        }
        let start = copy.count
        for storage in chain { copy += storage.bytes.copy(storage.strings) }
        (bytes, strings, self.starts) = (TypeBytes(copy), start..<copy.count, starts)
    }

    var count: Int { starts.count }
    var stringByteCount: Int { strings.count }

    @inline(__always)
    func word(_ index: Int, of id: TypeID) -> UInt32 {
        bytes.word(at: Int(starts[Int(id.rawValue)]) &+ 4 &* index)
    }

    @inline(__always)
    func stringByte(_ offset: Int) -> UInt8 { bytes[strings.lowerBound &+ offset] }
}
