import EBPFBytecode

/// Open-coded iterators: `bpf_iter_num` (behind `bpf_for` and `bpf_repeat`) and `bpf_iter_bits`.
enum IteratorFunctions {
    static func install(in table: inout HelperTable) {
        table.add(kernelFunction: "bpf_iter_num_new", newNumbers)
        table.add(kernelFunction: "bpf_iter_num_next", nextNumber)
        table.add(kernelFunction: "bpf_iter_num_destroy") { (call) throws(Fault) in
            try storeNumbers(call, current: 0, end: 0)
            return 0
        }
        table.add(kernelFunction: "bpf_iter_bits_new", newBits)
        table.add(kernelFunction: "bpf_iter_bits_next", nextBit)
        table.add(kernelFunction: "bpf_iter_bits_destroy") { call in
            call.machine.holdings.bitIterators[call.first] = nil
            return 0
        }
    }

    // MARK: Numbers. The structure holds two 32-bit numbers: the current one and the end.

    private static func storeNumbers(
        _ call: HelperCall,
        current: Int32,
        end: Int32
    ) throws(Fault) {
        let structure = try unsafe call.writable(.first, size: 8)
        unsafe structure.storeBytes(of: current, as: Int32.self)
        unsafe structure.storeBytes(of: end, toByteOffset: 4, as: Int32.self)
    }

    /// `int bpf_iter_num_new(it, start, end)`
    private static func newNumbers(_ call: HelperCall) throws(Fault) -> UInt64 {
        let start = call.signedWord(.second)
        let end = call.signedWord(.third)
        guard start <= end, Int64(end) - Int64(start) <= Int64(Machine.loopLimit) else {
            try storeNumbers(call, current: 0, end: 0)
            return (start > end ? KernelErrno.invalidArgument : .tooBig).helperResult
        }
        try storeNumbers(call, current: start &- 1, end: end)
        return 0
    }

    /// `int *bpf_iter_num_next(it)`
    private static func nextNumber(_ call: HelperCall) throws(Fault) -> UInt64 {
        let structure = try unsafe call.writable(.first, size: 8)
        let current = unsafe structure.loadUnaligned(as: Int32.self)
        let end = unsafe structure.loadUnaligned(fromByteOffset: 4, as: Int32.self)
        // Compared after the 32-bit sum, so that a range may begin with the smallest number.
        guard current &+ 1 < end else {
            try storeNumbers(call, current: 0, end: 0)
            return 0
        }
        unsafe structure.storeBytes(of: current &+ 1, as: Int32.self)
        return call.first
    }

    // MARK: Bits. The words are copied when the iterator is made.

    /// The greatest number of words (`BITS_ITER_NR_WORDS_MAX`).
    private static let wordLimit: UInt32 = 511

    /// `int bpf_iter_bits_new(it, unsafe_ptr__ign, nr_words)`
    private static func newBits(_ call: HelperCall) throws(Fault) -> UInt64 {
        let structure = try unsafe call.writable(.first, size: 16)
        unsafe structure.initializeMemory(as: UInt8.self, repeating: 0, count: 16)
        call.machine.holdings.bitIterators[call.first] = BitIterator(words: [])
        let count = call.word(.third)
        guard count > 0 else { return KernelErrno.invalidArgument.helperResult }
        guard count <= wordLimit else { return KernelErrno.tooBig.helperResult }
        guard let bytes = call.machine.memory.bytes(at: call.second, count: Int(count) * 8)
        else { return KernelErrno.badAddress.helperResult }
        let words = (0..<Int(count)).map { word in
            bytes[word * 8..<word * 8 + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        call.machine.holdings.bitIterators[call.first] = BitIterator(words: words)
        return 0
    }

    /// `int *bpf_iter_bits_next(it)`: a pointer to the number of the next bit that is set.
    private static func nextBit(_ call: HelperCall) throws(Fault) -> UInt64 {
        let structure = try unsafe call.writable(.first, size: 16)
        guard var iterator = call.machine.holdings.bitIterators[call.first]
        else { throw .badArgument(1, .object) }
        while iterator.next < iterator.words.count * 64 {
            let bit = iterator.next
            iterator.next += 1
            guard iterator.words[bit / 64] & 1 << UInt64(bit % 64) != 0 else { continue }
            call.machine.holdings.bitIterators[call.first] = iterator
            unsafe structure.storeBytes(of: Int32(bit), toByteOffset: 12, as: Int32.self)
            return call.first + 12
        }
        call.machine.holdings.bitIterators[call.first] = BitIterator(words: [])
        return 0
    }
}
