/// Memory that holds type information, such as a mapped file.
///
/// It must stay as it is while this object lives: what has been checked is not checked again.
public protocol TypeMemory: AnyObject, Sendable {
    /// All bytes, from the header on.
    var typeBytes: UnsafeRawBufferPointer { get }

    /// Whether somebody has made sure that the bytes are types from end to end, as the kernel does
    /// with its own. If they are not after all, those from the first fault on do not exist.
    var areChecked: Bool { get }
}

extension TypeMemory {
    /// Nobody has.
    public var areChecked: Bool { false }
}

/// A copy of type information on the heap.
@safe
final class CopiedTypes: TypeMemory, @unchecked Sendable {
    // SAFETY: allocated here, written once before anyone else sees it, and freed in `deinit`.
    private let copy: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        unsafe copy = .allocate(byteCount: bytes.count, alignment: 8)
        unsafe copy.copyBytes(from: bytes)
    }

    deinit { unsafe copy.deallocate() }

    var typeBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(copy) }
}

/// The bytes of type information, wherever they lie; every access is checked.
///
/// Numbers are read lowest byte first.
@safe
struct TypeBytes: @unchecked Sendable {
    /// How many there are.
    let count: Int
    // SAFETY: these are the owner's bytes, which it keeps as long as it lives.
    private let start: UnsafeRawBufferPointer
    private let owner: any TypeMemory

    /// Whether the owner has checked them.
    var areChecked: Bool { owner.areChecked }

    init(_ owner: any TypeMemory) {
        self.owner = owner
        unsafe start = owner.typeBytes
        unsafe count = start.count
    }

    init(_ bytes: [UInt8]) { self.init(CopiedTypes(bytes)) }

    @inline(__always)
    subscript(offset: Int) -> UInt8 { load(offset) }

    /// The four bytes at an offset as a number.
    ///
    /// - Precondition: `offset + 4 <= count`.
    @inline(__always)
    func word(at offset: Int) -> UInt32 { UInt32(littleEndian: load(offset)) }

    /// The eight bytes at an offset as a number.
    ///
    /// - Precondition: `offset + 8 <= count`.
    @inline(__always)
    func doubleWord(at offset: Int) -> UInt64 { UInt64(littleEndian: load(offset)) }

    /// The eight bytes at an offset, not checked: for loops that have checked their bounds.
    // SAFETY: the caller knows that `0 <= offset` and `offset + 8 <= count`.
    @unsafe
    @inline(__always)
    func uncheckedDoubleWord(at offset: Int) -> UInt64 {
        let word = unsafe start.baseAddress.unsafelyUnwrapped.loadUnaligned(
            fromByteOffset: offset, as: UInt64.self)
        return UInt64(littleEndian: word)
    }

    @inline(__always)
    private func load<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> Number {
        precondition(offset >= 0 && offset <= count &- MemoryLayout<Number>.size)
        // SAFETY: the bounds have been checked, and every bit pattern is a number.
        return unsafe start.loadUnaligned(fromByteOffset: offset, as: Number.self)
    }

    /// The two bytes at an offset as a number.
    ///
    /// - Precondition: `offset + 2 <= count`.
    func halfWord(at offset: Int) -> UInt16 {
        UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
    }

    /// A copy of some of the bytes.
    ///
    /// - Precondition: the range lies within the bytes.
    func copy(_ range: Range<Int>) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(rebasing: start[range]))
    }

    /// Some of the bytes as text.
    ///
    /// - Precondition: the range lies within the bytes.
    func text(_ range: Range<Int>) -> String {
        unsafe String(decoding: UnsafeRawBufferPointer(rebasing: start[range]), as: UTF8.self)
    }
}
