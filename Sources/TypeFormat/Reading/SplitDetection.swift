extension BTF {
    /// Whether types extend others and cannot be read without them, as those of kernel modules do.
    ///
    /// Nothing in the format says so. But the strings of such types go on where others end, without
    /// the empty one, and references lead to types that are not there.
    public static func needsBase(_ bytes: [UInt8]) -> Bool {
        let bytes = TypeBytes(bytes)
        guard let header = try? BTFHeader(bytes, hasBase: true) else { return false }
        guard let first = header.strings.first else { return !header.types.isEmpty }
        guard bytes[first] == 0 else { return true }
        guard let storage = try? BTFStorage(bytes, base: nil) else { return false }
        var leadsOut = false
        storage.offsets.visit { _, offset in
            leadsOut = Self.leadsOut(TypeRecord(bytes, at: offset), of: storage)
            return !leadsOut
        }
        return leadsOut
    }

    /// Whether a type's name or what it stands on is not there.
    private static func leadsOut(_ record: TypeRecord, of storage: BTFStorage) -> Bool {
        guard Int(record.nameOffset) < storage.stringsEnd else { return true }
        switch TypeKind(rawValue: record.kindNumber) {
        case .pointer, .alias, .volatile, .constant, .restrict, .function, .functionPrototype,
            .variable, .declarationTag, .typeTag:
            return Int(record.sizeOrType) >= storage.count
        default: return false
        }
    }
}
