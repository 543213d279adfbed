/// A piece of memory that a program may touch, at a place in the program's address space.
///
/// Addresses of programs are not addresses of the host. The upper 32 bits number a region, so that
/// finding it is one load from a table; results do not depend on where the host put anything; and
/// no pointer of the host ever reaches a program.
///
/// A region holds one object or many of one size: those start at multiples of `mask + 1`, and
/// `readLimit` bytes of each may be touched. So an access past the end of one map value is
/// not mistaken for one to the next.
@safe
struct Region {
    /// The host's address of the first byte.
    var base: UnsafeMutableRawPointer?
    /// The program's address of the first byte.
    var start: UInt64
    /// How many bytes the region has.
    var byteCount: UInt32
    /// One less than the distance between objects; all ones if there is one object.
    var mask: UInt32
    /// How many bytes of each object may be read.
    var readLimit: UInt32
    /// How many bytes of each object may be written without further questions: all or none.
    var writeLimit: UInt32

    /// Memory that nobody may touch.
    static var none: Region {
        unsafe Region(base: nil, start: 0, byteCount: 0, mask: 0, readLimit: 0, writeLimit: 0)
    }

    /// One object of `byteCount` bytes.
    ///
    /// - Precondition: `base` points to `byteCount` bytes that live as long as the region is in use.
    @unsafe
    static func object(
        at base: UnsafeMutableRawPointer, start: UInt64, byteCount: Int, isWritable: Bool
    ) -> Region {
        let size = UInt32(clamping: byteCount)
        return unsafe Region(
            base: base, start: start, byteCount: size, mask: .max, readLimit: size,
            writeLimit: isWritable ? size : 0)
    }

    /// The host's address of `size` bytes at a program's address, if all of them may be read.
    @inline(__always)
    func readable(_ address: UInt64, size: UInt64) -> UnsafeMutableRawPointer? {
        unsafe place(address, size: size, limit: readLimit)
    }

    /// The same for writing.
    @inline(__always)
    func writable(_ address: UInt64, size: UInt64) -> UnsafeMutableRawPointer? {
        unsafe place(address, size: size, limit: writeLimit)
    }

    @inline(__always)
    private func place(
        _ address: UInt64, size: UInt64, limit: UInt32
    ) -> UnsafeMutableRawPointer? {
        let offset = address &- start
        guard offset < UInt64(byteCount), offset & UInt64(mask) &+ size <= UInt64(limit)
        else { return nil }
        // SAFETY: all `size` bytes lie below `byteCount`: they belong to one object.
        return unsafe base.unsafelyUnwrapped + Int(truncatingIfNeeded: offset)
    }
}
