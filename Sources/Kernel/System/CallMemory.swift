/// Memory that a system call reads or fills: arguments that are pointers live here until it ends.
///
/// ```swift
/// var memory = CallMemory()
/// attributes.license = memory.string("GPL")
/// attributes.log_buf = memory.buffer(count: size)
/// ```
///
/// Addresses are `UInt64`, as bpf(2) takes them, and valid as long as this value lives: end its
/// use with ``keep()`` after the call.
@safe
public struct CallMemory: ~Copyable {
    /// The first block: most calls need no other.
    private var first: UnsafeMutableRawBufferPointer?
    private var others: [UnsafeMutableRawBufferPointer] = unsafe []

    /// No memory yet.
    public init() {}

    deinit {
        unsafe first?.deallocate()
        unsafe others.forEach { unsafe $0.deallocate() }
    }

    /// A copy of bytes; 0, the null pointer, for none.
    public mutating func bytes(_ bytes: some Collection<UInt8>) -> UInt64 {
        guard !bytes.isEmpty else { return 0 }
        let block = unsafe allocate(bytes.count)
        unsafe block.copyBytes(from: bytes)
        return unsafe address(block)
    }

    /// A text with its closing zero.
    public mutating func string(_ text: some StringProtocol) -> UInt64 {
        bytes(Array(text.utf8) + [0])
    }

    /// Numbers one after the other; 0 for none.
    public mutating func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UInt64 {
        guard !elements.isEmpty else { return 0 }
        let block = unsafe allocate(elements.count * MemoryLayout<Element>.stride)
        unsafe elements.withUnsafeBytes { unsafe block.copyMemory(from: $0) }
        return unsafe address(block)
    }

    /// Zeroed room for an answer; 0 for no bytes.
    public mutating func buffer(count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        let block = unsafe allocate(count)
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0)
        return unsafe address(block)
    }

    /// What the call wrote into a block, from its start.
    ///
    /// - Parameters:
    ///   - address: what ``buffer(count:)`` gave; for another number the answer is empty.
    ///   - count: the bytes wanted; no more than the block has are returned.
    public func contents(of address: UInt64, count: Int) -> [UInt8] {
        guard let first = unsafe first, address != 0, count > 0 else { return [] }
        if unsafe self.address(first) == address { return unsafe Array(first.prefix(count)) }
        let block = unsafe others.first { unsafe self.address($0) == address }
        guard let block = unsafe block else { return [] }
        return unsafe Array(block.prefix(count))
    }

    /// Says that the call has ended; until here the memory lives.
    public func keep() {}

    // SAFETY: every block is allocated here, freed once in `deinit`, and never resized.
    @unsafe
    private mutating func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        if unsafe first == nil { unsafe first = block } else { unsafe others.append(block) }
        return unsafe block
    }

    private func address(_ block: UnsafeMutableRawBufferPointer) -> UInt64 {
        UInt64(UInt(bitPattern: block.baseAddress))
    }
}
