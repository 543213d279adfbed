public import EBPFBytecode

/// CPUs to send packets to, by number (`BPF_MAP_TYPE_CPUMAP`).
///
/// A value is the size of the CPU's queue, at most 16,384, and, if 8 bytes long, the id of a program
/// that runs there.
public final class CPUMap: EntryArray, RedirectMap, @unchecked Sendable {
    private static let greatestQueue: UInt32 = 16_384

    /// Opens a queue, with a program, at a CPU.
    public func update(
        _ key: [UInt8],
        queueSize: UInt32,
        program: MapProgram?,
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        try store(key, queueSize, program, flags)
    }

    /// The queue of a CPU.
    public func target(at index: UInt32) -> RedirectTarget? {
        let size = firstWord(index)
        guard size != 0 else { return nil }
        return .cpu(number: index, queueSize: size, program: programs[index])
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        let (size, descriptor) = try EntryPrograms.words(value)
        guard descriptor <= 0 || size == 0 else {
            _ = try check(key, size, flags)
            throw .noMemory
        }
        try store(key, size, nil, flags)
    }

    private func store(
        _ key: [UInt8],
        _ size: UInt32,
        _ program: MapProgram?,
        _ flags: UInt64
    ) throws(KernelErrno) {
        let index = try check(key, size, flags)
        setEntry(index, size, size == 0 ? nil : program)
    }

    private func check(
        _ key: [UInt8],
        _ size: UInt32,
        _ flags: UInt64
    ) throws(KernelErrno) -> UInt32 {
        let index = try place(key, flags)
        guard size <= Self.greatestQueue else { throw .overflow }
        guard Int(index) < cpuCount else { throw .noDevice }
        return index
    }
}
