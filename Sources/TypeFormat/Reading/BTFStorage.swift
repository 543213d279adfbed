import Synchronization

/// The bytes of type information and where each type starts.
///
/// Nothing else is kept: a type is decoded when it is asked for. The Linux kernel describes
/// itself with 126,000 types in 5.5 MB, of which a program needs a dozen.
final class BTFStorage: Sendable {
    let bytes: TypeBytes
    let strings: Range<Int>
    let base: BTFStorage?
    /// The number of the first type that is stored here: 1, or what follows the base's last.
    let firstID: Int
    /// The first string offset that is stored here: 0, or what follows the base's last.
    let firstStringOffset: Int
    /// Where each type starts, from the first byte of all.
    let offsets: TypeOffsets
    /// What look-ups left behind to make the next ones faster.
    let caches = Mutex(BTFCaches())

    init(_ bytes: TypeBytes, base: BTFStorage?) throws(BTFError) {
        let header = try BTFHeader(bytes, hasBase: base != nil)
        self.bytes = bytes
        self.base = base
        strings = header.strings
        firstID = base?.count ?? 1
        firstStringOffset = base?.stringsEnd ?? 0
        offsets = try TypeOffsets(bytes, header)
        // Types are counted only where there could be too many.
        let most = firstID + header.types.count / TypeRecord.byteCount
        guard most < UInt32.max || count < UInt32.max, stringsEnd < UInt32.max
        else { throw BTFError(.types(offset: header.types.lowerBound), .tooManyTypes) }
    }

    /// How many types there are, with the base's and `void`.
    var count: Int { firstID + offsets.count }

    /// The first string offset after all strings.
    var stringsEnd: Int { firstStringOffset + strings.count }
}

extension BTFStorage {
    /// The storage that holds a type, and where in its bytes the type starts.
    func locate(_ id: TypeID) -> (storage: BTFStorage, offset: Int)? {
        var storage = self
        let number = Int(id.rawValue)
        while number < storage.firstID {
            guard let base = storage.base else { return nil }
            storage = base
        }
        let index = number - storage.firstID
        guard index < storage.offsets.count else { return nil }
        return (storage, storage.offsets.offset(of: index))
    }

    /// How long the names of types and members may be; the kernel stops at 512 bytes.
    ///
    /// Many types may share one string: without a limit a small file could describe gigabytes.
    static let nameLimit = 4096

    /// Where the string at an offset lies, without the zero that ends it, and in whose bytes; `nil`
    /// if there is none or it is longer than `limit`.
    func string(at offset: UInt32, limit: Int = nameLimit) -> StoredString? {
        var storage = self
        while Int(offset) < storage.firstStringOffset {
            guard let base = storage.base else { return nil }
            storage = base
        }
        let start = storage.strings.lowerBound + Int(offset) - storage.firstStringOffset
        guard start < storage.strings.upperBound else { return nil }
        // The header has checked that the last byte of the section is zero.
        let last = start + min(limit, storage.strings.upperBound - 1 - start)
        var end = start
        while end < last, storage.bytes[end] != 0 { end += 1 }
        return storage.bytes[end] == 0
            ? StoredString(bytes: storage.bytes, range: start..<end) : nil
    }

    /// A copy of the name at an offset; empty if there is none.
    func name(at offset: UInt32) -> ArraySlice<UInt8> {
        guard offset != 0, let place = string(at: offset) else { return [] }
        return place.bytes.copy(place.range)[...]
    }
}

/// A string where it lies, without the zero that ends it.
struct StoredString {
    let bytes: TypeBytes
    let range: Range<Int>

    /// A copy as text.
    var text: String { bytes.text(range) }
}
