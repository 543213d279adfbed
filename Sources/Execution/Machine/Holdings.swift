import EBPFMaps

/// What a program holds for a while: ring buffer records, a spin lock, dynptrs, iterators.
///
/// Each is visible as memory only while it is held, so a use after `submit` is a fault.
struct Holdings {
    /// A ring buffer record between reserve and submit, by the number of its region.
    struct Record {
        let region: Int
        let ring: RingBuffer
        let record: RingRecord
    }

    var records: [Record] = []
    /// Dynptrs by the address of the structure that stands for them in the program's memory.
    var dynptrs: [UInt64: Dynptr] = [:]
    /// The serial number of the next dynptr; a structure that holds another number is forged.
    var nextSerial: UInt32 = 1
    /// Iterators over bits, by the address of their structure.
    var bitIterators: [UInt64: BitIterator] = [:]
    /// The address of the spin lock that is held.
    var lock: UInt64?
    /// A bit for each temporary region in use.
    fileprivate(set) var usedRegions: UInt64 = 0

    var isEmpty: Bool {
        usedRegions == 0 && lock == nil && dynptrs.isEmpty && bitIterators.isEmpty
    }
}

/// An iterator over the bits of some words (`bpf_iter_bits`).
struct BitIterator: Sendable {
    var words: [UInt64]
    var next = 0
}

extension Machine {
    /// A temporary region that nothing uses, or `nil` if all are in use; give it back.
    func takeRegion() -> Int? {
        let free = ~holdings.usedRegions >> UInt64(Address.temporaryRegions.lowerBound)
        let region = Address.temporaryRegions.lowerBound + free.trailingZeroBitCount
        guard Address.temporaryRegions.contains(region) else { return nil }
        holdings.usedRegions |= 1 << UInt64(region)
        return region
    }

    /// Makes a temporary region vanish.
    func giveBack(region: Int) {
        guard Address.temporaryRegions.contains(region) else { return }
        memory[region] = .none
        holdings.usedRegions &= ~(1 << UInt64(region))
    }

    /// Shows bytes to the program while `body` runs, at the address that it gets.
    ///
    /// - Returns: `nil` without calling `body` if too many are shown already.
    func withTemporary<Result>(
        _ bytes: UnsafeMutableRawBufferPointer,
        isWritable: Bool,
        _ body: (UInt64) throws(Fault) -> Result
    ) throws(Fault) -> Result? {
        guard let base = bytes.baseAddress, let region = takeRegion() else { return nil }
        defer { giveBack(region: region) }
        let start = Address.start(ofRegion: region)
        memory[region] = unsafe .object(
            at: base,
            start: start,
            byteCount: bytes.count,
            isWritable: isWritable
        )
        return try body(start)
    }
}
