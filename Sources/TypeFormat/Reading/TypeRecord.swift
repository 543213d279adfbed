/// The twelve bytes that every stored type begins with (`struct btf_type`).
///
/// ```
///  0          4                                       8              12
///  ┌──────────┬───────────────────────────────────────┬──────────────┬───────────────
///  │ name_off │ vlen (16) │ – (8) │ kind (5) │ – │ flag │ size or type │ by the kind …
///  └──────────┴───────────────────────────────────────┴──────────────┴───────────────
/// ```
struct TypeRecord {
    static let byteCount = 12

    let nameOffset: UInt32
    let info: UInt32
    /// A size in bytes or the number of a type, by the kind.
    let sizeOrType: UInt32

    @inline(__always)
    init(_ bytes: [UInt8], at offset: Int) {
        nameOffset = bytes.word(at: offset)
        info = bytes.word(at: offset + 4)
        sizeOrType = bytes.word(at: offset + 8)
    }

    /// How many members, parameters, enumerators or variables follow.
    var count: Int { Int(info & 0xffff) }
    /// The number of the kind, known or not.
    var kindNumber: UInt8 { UInt8(truncatingIfNeeded: info >> 24) & 0x1f }
    var kindFlag: Bool { info >> 31 != 0 }

    /// How many bytes a type takes, with all that follows its first twelve; `nil` for an unknown
    /// kind.
    static func byteCount(info: UInt32) -> Int? {
        let count = Int(info & 0xffff)
        switch UInt8(truncatingIfNeeded: info >> 24) & 0x1f {
        case 1, 14, 17: return 16
        case 2, 7, 8, 9, 10, 11, 12, 16, 18: return 12
        case 3: return 24
        case 4, 5, 15, 19: return 12 + 12 * count
        case 6, 13: return 12 + 8 * count
        default: return nil
        }
    }
}
