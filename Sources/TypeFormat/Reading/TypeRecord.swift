/// The twelve bytes that every stored type begins with (`struct btf_type`).
///
/// ```
///  0          4                                       8              12
///  ┌──────────┬───────────────────────────────────────┬──────────────┬───────────────
///  │ name_off │     vlen (24)    │ kind (7) │ flag    │ size or type │ by the kind …
///  └──────────┴───────────────────────────────────────┴──────────────┴───────────────
/// ```
///
/// Before Linux 7.2 the number had 16 bits and the kind 5; those between were zero.
struct TypeRecord {
    static let byteCount = 12

    let nameOffset: UInt32
    let info: UInt32
    /// A size in bytes or the number of a type, by the kind.
    let sizeOrType: UInt32

    @inline(__always)
    init(_ bytes: TypeBytes, at offset: Int) {
        nameOffset = bytes.word(at: offset)
        info = bytes.word(at: offset + 4)
        sizeOrType = bytes.word(at: offset + 8)
    }

    /// How many members, parameters, enumerators or variables follow.
    var count: Int { Int(info & 0xff_ffff) }
    /// The number of the kind, known or not.
    @inline(__always)
    var kindNumber: UInt8 { Self.kindNumber(info: info) }
    var kindFlag: Bool { info >> 31 != 0 }

    /// The number of the kind in the second word.
    @inline(__always)
    static func kindNumber(info: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: info >> 24) & 0x7f
    }
}
