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
    /// The lower half of the program's address of the first byte; the upper one is the number.
    var start: UInt32
    /// How many bytes may be read from the start if the region is one object, else 0.
    var readable: UInt32
    /// The same for writing: all or none.
    var writable: UInt32
    /// The objects, if there are many.
    var objects: Objects

    /// Many objects of one size in a region.
    struct Objects {
        /// How many bytes all of them take.
        var byteCount: UInt32 = 0
        /// How many bytes of each belong to it.
        var size: UInt32 = 0
        /// The base-two logarithm of the distance between objects.
        var logarithm: UInt8 = 0
        /// Whether they may be read and written.
        var isReadable = false
        var isWritable = false
    }

    /// Memory that nobody may touch.
    static var none: Region {
        unsafe Region(base: nil, start: 0, readable: 0, writable: 0, objects: Objects())
    }

    /// One object of `byteCount` bytes.
    ///
    /// - Precondition: `base` points to `byteCount` bytes that live as long as the region is in use.
    @unsafe
    static func object(
        at base: UnsafeMutableRawPointer, start: UInt64, byteCount: Int, isReadable: Bool = true,
        isWritable: Bool
    ) -> Region {
        let size = UInt32(clamping: byteCount)
        return unsafe Region(
            base: base, start: UInt32(truncatingIfNeeded: start), readable: isReadable ? size : 0,
            writable: isWritable ? size : 0, objects: Objects())
    }

    /// Many objects, each `size` bytes of every `stride`, a power of two.
    ///
    /// - Precondition: `base` points to `byteCount` bytes that live as long as the region is in use.
    @unsafe
    static func objects(
        at base: UnsafeMutableRawPointer, start: UInt64, byteCount: Int, stride: Int, size: Int,
        isReadable: Bool, isWritable: Bool
    ) -> Region {
        unsafe Region(
            base: base, start: UInt32(truncatingIfNeeded: start), readable: 0, writable: 0,
            objects: Objects(
                byteCount: UInt32(clamping: byteCount), size: UInt32(clamping: size),
                logarithm: UInt8(truncatingIfNeeded: stride.trailingZeroBitCount),
                isReadable: isReadable, isWritable: isWritable))
    }

    /// Whether both are the same single object.
    @inline(__always)
    func isSameObject(as other: Region) -> Bool {
        unsafe base == other.base && start == other.start && readable == other.readable
            && writable == other.writable && objects.byteCount == 0
            && other.objects.byteCount == 0
    }

    /// The host's address of `size` bytes at a program's address, if all of them may be read.
    ///
    /// - Precondition: the address is one of this region's; `size` is less than 2⁶³.
    @inline(__always)
    func readable(_ address: UInt64, size: UInt64) -> UnsafeMutableRawPointer? {
        let offset = offset(of: address)
        guard offset &+ size <= UInt64(readable) || objects.isReadable && objects.hold(offset, size)
        else { return nil }
        // SAFETY: all `size` bytes belong to one object of the region.
        return unsafe base.unsafelyUnwrapped + Int(truncatingIfNeeded: offset)
    }

    /// The same for writing.
    @inline(__always)
    func writable(_ address: UInt64, size: UInt64) -> UnsafeMutableRawPointer? {
        let offset = offset(of: address)
        guard offset &+ size <= UInt64(writable) || objects.isWritable && objects.hold(offset, size)
        else { return nil }
        // SAFETY: all `size` bytes belong to one object of the region.
        return unsafe base.unsafelyUnwrapped + Int(truncatingIfNeeded: offset)
    }

    /// How far an address is from the first byte; below it, nearly 2³²: beyond every limit.
    @inline(__always)
    private func offset(of address: UInt64) -> UInt64 {
        UInt64(UInt32(truncatingIfNeeded: address) &- start)
    }
}

extension Region.Objects {
    /// Whether `size` bytes at an offset belong to one object.
    @inline(__always)
    fileprivate func hold(_ offset: UInt64, _ size: UInt64) -> Bool {
        guard offset < UInt64(byteCount) else { return false }
        let within = offset & (1 << UInt64(logarithm) &- 1)
        return within &+ size <= UInt64(self.size)
    }
}
