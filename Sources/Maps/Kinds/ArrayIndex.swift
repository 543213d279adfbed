import EBPFBytecode

/// A key that is a 32-bit number in the machine's byte order.
struct ArrayIndex {
    let value: UInt32

    /// The number in four bytes; `nil` for another number of bytes.
    init?(_ key: [UInt8]) {
        guard key.count == 4 else { return nil }
        value = unsafe key.withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt32.self) }
    }

    /// The bytes of a number.
    static func bytes(_ value: UInt32) -> [UInt8] {
        unsafe withUnsafeBytes(of: value) { unsafe [UInt8]($0) }
    }

    /// The next key of an array: the first one after `nil` or a number past the end.
    static func key(following key: [UInt8]?, count: UInt32) throws(KernelErrno) -> [UInt8] {
        guard let key, let index = ArrayIndex(key), index.value < count else { return bytes(0) }
        guard index.value &+ 1 < count else { throw .noEntry }
        return bytes(index.value &+ 1)
    }
}
