/// Where the variables of an ELF section lie, which compilers leave open.
public struct SectionLayout: Hashable, Sendable {
    /// The size of the section in bytes.
    public var size: Int
    /// The offset of each variable of the ``DataSectionType``, in its order.
    public var offsets: [Int]

    /// A layout.
    public init(size: Int, offsets: [Int]) {
        self.size = size
        self.offsets = offsets
    }
}

extension BTF {
    /// The same types, with sections laid out.
    ///
    /// Clang writes offset 0 for each variable and size 0 for each section; only the symbols of
    /// the object file know better. Types keep their numbers.
    ///
    /// - Parameter layouts: the layout of each section, by its type.
    /// - Returns: a copy, in which the variables are in the same order as before.
    /// - Throws: ``BTFError`` if a type is no section stored here, has another number of
    ///   variables, or an offset does not fit into 32 bits.
    public func layingOut(_ layouts: [TypeID: SectionLayout]) throws(BTFError) -> BTF {
        var bytes = self.bytes
        for (id, layout) in layouts {
            let (owner, offset) = try locate(id)
            let record = TypeRecord(owner.bytes, at: offset)
            guard owner === storage, record.kindNumber == TypeKind.dataSection.rawValue else {
                throw BTFError(
                    .type(id),
                    .wrongKind(expected: "a section", found: describe(id))
                )
            }
            guard record.count == layout.offsets.count else {
                throw BTFError(
                    .type(id),
                    .unencodable("\(layout.offsets.count) offsets for \(record.count) variables")
                )
            }
            try bytes.store(layout.size, at: offset + 8, id)
            for (index, place) in layout.offsets.enumerated() {
                try bytes.store(place, at: offset + TypeRecord.byteCount + 12 * index + 4, id)
            }
        }
        return try BTF(bytes, base: base)
    }
}

extension [UInt8] {
    fileprivate mutating func store(_ value: Int, at offset: Int, _ id: TypeID) throws(BTFError) {
        guard let number = UInt32(exactly: value) else {
            throw BTFError(.type(id), .unencodable("\(value) does not fit into 32 bits"))
        }
        for index in 0..<4 {
            self[offset + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index))
        }
    }
}
