/// The header of type information (`struct btf_header`), with its offsets checked.
///
/// ```
///  0        2         3       4            8          12         16         20         24
///  ┌────────┬─────────┬───────┬────────────┬──────────┬──────────┬──────────┬──────────┐
///  │ 0xeB9F │ version │ flags │ hdr_len    │ type_off │ type_len │ str_off  │ str_len  │ …
///  └────────┴─────────┴───────┴────────────┴──────────┴──────────┴──────────┴──────────┘
/// ```
///
/// Offsets count from the end of the header. Linux 7.1 made it longer by the place of a third
/// section, the lengths of kinds (`layout_off`, `layout_len`), and later ones may again. Bytes
/// after the sections are ignored: ELF sections come padded.
struct BTFHeader {
    static let byteCount = 24
    static let magic: UInt16 = 0xeb9f

    /// Where the types lie, from the first byte of all.
    let types: Range<Int>
    /// Where the strings lie, from the first byte of all.
    let strings: Range<Int>
    /// Where the lengths of kinds lie (`struct btf_layout`); empty if the file does not say.
    let layouts: Range<Int>

    init(_ bytes: TypeBytes, hasBase: Bool) throws(BTFError) {
        guard bytes.count >= Self.byteCount
        else { throw BTFError(.header, .truncatedHeader(available: bytes.count)) }
        let magic = bytes.halfWord(at: 0)
        guard magic != Self.magic.byteSwapped else { throw BTFError(.header, .bigEndian) }
        guard magic == Self.magic else { throw BTFError(.header, .wrongMagic(magic)) }
        guard bytes[2] == 1 else { throw BTFError(.header, .unknownVersion(bytes[2])) }
        let length = bytes.word(at: 4)
        guard length >= Self.byteCount, length <= bytes.count else {
            throw BTFError(.header, .headerLength(length))
        }
        types = try Self.section(bytes, header: length, fields: 8) { .types(offset: $0) }
        strings = try Self.section(bytes, header: length, fields: 16) { .strings(offset: $0) }
        guard types.lowerBound.isMultiple(of: 4)
        else { throw BTFError(.types(offset: types.lowerBound), .misalignedTypes) }
        layouts = length >= Self.byteCount + 8 ? Self.layouts(bytes, header: length) : 0..<0
        try checkStrings(bytes, hasBase: hasBase)
    }

    /// The third section; nobody needs it who knows all kinds, so nonsense there is no error.
    private static func layouts(_ bytes: TypeBytes, header: UInt32) -> Range<Int> {
        let found = try? section(bytes, header: header, fields: 24) { _ in .header }
        return found ?? 0..<0
    }

    /// How many bytes type information takes by its first 24; `nil` if they are no header.
    static func totalByteCount(_ bytes: [UInt8]) -> Int? {
        let bytes = TypeBytes(bytes)
        guard bytes.count >= byteCount, bytes.halfWord(at: 0) == magic else { return nil }
        let ends = [8, 16].map { Int(bytes.word(at: $0)) + Int(bytes.word(at: $0 + 4)) }
        return Int(bytes.word(at: 4)) + (ends.max() ?? 0)
    }

    /// The section whose offset and length are the header's fields at `fields`.
    private static func section(
        _ bytes: TypeBytes,
        header: UInt32,
        fields: Int,
        _ place: (Int) -> BTFError.Place
    ) throws(BTFError) -> Range<Int> {
        // Three 32-bit numbers cannot overflow an Int.
        let start = Int(header) + Int(bytes.word(at: fields))
        let end = start + Int(bytes.word(at: fields + 4))
        guard end <= bytes.count
        else { throw BTFError(place(start), .sectionOutside(end: end, available: bytes.count)) }
        return start..<end
    }

    /// Only type information that stands on other may have no strings of its own.
    private func checkStrings(_ bytes: TypeBytes, hasBase: Bool) throws(BTFError) {
        if strings.isEmpty && hasBase { return }
        guard let last = strings.last, bytes[last] == 0, hasBase || bytes[strings.lowerBound] == 0
        else { throw BTFError(.strings(offset: strings.lowerBound), .malformedStrings) }
    }
}
