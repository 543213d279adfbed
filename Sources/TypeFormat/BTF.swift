/// Type information of a program or a kernel in BPF's own format (BTF).
///
/// ```swift
/// let types = try BTF(bytes)
/// if let task = try types.first(named: "task_struct", kind: .structure) {
///     print(try types.size(of: task), try types.members(of: task).map(\.name))
/// }
/// ```
///
/// The bytes are kept as they are and a type is decoded when it is asked for. Nothing in them is
/// trusted: what the initialiser does not check, the question that meets it reports.
///
/// Kernel modules, and programs split off others, extend a *base*: numbers and strings go on
/// where the base's end.
///
/// The format is described in Linux, `Documentation/bpf/btf.rst`.
public struct BTF: Sendable {
    let storage: BTFStorage

    /// Reads type information.
    ///
    /// The header, the sections and the length of each type are checked here, in one pass without
    /// allocation.
    ///
    /// - Parameters:
    ///   - bytes: the content of an ELF section `.BTF` or of a file in `/sys/kernel/btf`.
    ///   - base: the types that these extend; for a module, those of `vmlinux`.
    /// - Throws: ``BTFError``, with the offset.
    public init(_ bytes: [UInt8], base: BTF? = nil) throws(BTFError) {
        storage = try BTFStorage(TypeBytes(bytes), base: base?.storage)
    }

    /// Reads type information where it lies, for instance in a mapped file.
    ///
    /// - Parameters:
    ///   - memory: the bytes, which are kept and not copied.
    ///   - base: the types that these extend.
    /// - Throws: ``BTFError``, with the offset.
    public init(memory: any TypeMemory, base: BTF? = nil) throws(BTFError) {
        storage = try BTFStorage(TypeBytes(memory), base: base?.storage)
    }

    /// A copy of the bytes it was read from.
    public var bytes: [UInt8] { storage.bytes.copy(0..<storage.bytes.count) }

    /// How many types there are, counting `void` and those of the base.
    public var count: Int { storage.count }

    /// The types that these extend, if any.
    public var base: BTF? { storage.base.map(BTF.init(storage:)) }

    /// The numbers of all types but `void`, those of the base first.
    public var typeIDs: some RandomAccessCollection<TypeID> {
        (1..<UInt32(storage.count)).lazy.map { TypeID($0) }
    }

    /// The numbers of the types that are stored here and not in the base.
    public var ownTypeIDs: some RandomAccessCollection<TypeID> {
        (UInt32(storage.firstID)..<UInt32(storage.count)).lazy.map { TypeID($0) }
    }

    /// How many bytes type information takes, by the 24 that it begins with; `nil` if these are not
    /// the start of any.
    public static func byteCount(startingWith bytes: [UInt8]) -> Int? {
        BTFHeader.totalByteCount(bytes)
    }

    init(storage: BTFStorage) { self.storage = storage }
}

extension BTF {
    /// The kind of a type without decoding it; `nil` for `void` and for numbers without a type.
    public func kind(of id: TypeID) -> TypeKind? {
        guard id != .void, let (storage, offset) = storage.locate(id) else { return nil }
        return TypeKind(rawValue: TypeRecord(storage.bytes, at: offset).kindNumber)
    }

    /// The name of a type, empty if it has none.
    ///
    /// - Throws: ``BTFError`` if there is no such type or its name lies outside the strings.
    public func name(of id: TypeID) throws(BTFError) -> String {
        guard id != .void else { return "" }
        let (storage, offset) = try locate(id)
        return try string(storage.bytes.word(at: offset), in: id)
    }

    /// The string at an offset, for `.BTF.ext` and other sections that refer to these strings.
    ///
    /// - Throws: ``BTFError`` if it lies outside the strings.
    public func string(at offset: UInt32) throws(BTFError) -> String {
        guard let place = storage.string(at: offset, limit: .max) else {
            throw BTFError(
                .strings(offset: storage.strings.lowerBound),
                .noSuchString(offset: offset)
            )
        }
        return place.text
    }

    /// The types with a name, in the order of their numbers.
    public func types(named name: String, kind: TypeKind? = nil) -> [TypeID] {
        var found: [TypeID] = []
        visit(named: name, kind: kind) {
            found.append($0)
            return true
        }
        return found
    }

    /// The first type with a name and of a kind, or `nil`.
    public func first(named name: String, kind: TypeKind? = nil) -> TypeID? {
        var found: TypeID?
        visit(named: name, kind: kind) {
            found = $0
            return false
        }
        return found
    }

    /// Makes look-ups by name fast from now on.
    ///
    /// An index is made in about the time of two look-ups without one; else the first few look-ups
    /// search all names, and the index comes after them.
    public func prepareNames() {
        var next: BTFStorage? = storage
        while let storage = next {
            _ = storage.nameIndex()
            next = storage.base
        }
    }

    /// Visits the types with a name, those of the base first, until `body` returns false.
    private func visit(named name: String, kind: TypeKind?, _ body: (TypeID) -> Bool) {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty, !bytes.contains(0) else { return }
        var chain = [storage]
        while let base = chain.last?.base { chain.append(base) }
        for storage in chain.reversed() {
            guard storage.visit(named: bytes, kind: kind, body) else { return }
        }
    }

    func locate(_ id: TypeID) throws(BTFError) -> (storage: BTFStorage, offset: Int) {
        guard let place = storage.locate(id)
        else { throw BTFError(.type(id), .noSuchType(id, count: count)) }
        return place
    }

    /// The string that a type refers to.
    func string(_ offset: UInt32, in id: TypeID) throws(BTFError) -> String {
        guard offset != 0 else { return "" }
        guard let place = storage.string(at: offset)
        else { throw BTFError(.type(id), .noSuchString(offset: offset)) }
        return place.text
    }
}
