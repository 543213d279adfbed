/// Memory of the process that programs seem to run in: what callers have put there.
@safe
final class ProcessMemory: @unchecked Sendable {
    private static let capacity = 1 << 16

    private let memory: UnsafeMutableRawPointer
    private var used = 0

    init() {
        unsafe memory = .allocate(byteCount: Self.capacity, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// What programs see of it.
    var region: Region {
        unsafe .object(
            at: memory, start: Address.start(ofRegion: Address.processRegion),
            byteCount: Self.capacity, isWritable: false)
    }

    /// Puts bytes behind those that are there; returns their address.
    func add(_ bytes: [UInt8]) -> UInt64? {
        guard bytes.count <= Self.capacity - used else { return nil }
        unsafe UnsafeMutableRawBufferPointer(start: memory + used, count: bytes.count)
            .copyBytes(from: bytes)
        defer { used = min((used + bytes.count + 8) & ~7, Self.capacity) }
        return Address.start(ofRegion: Address.processRegion) + UInt64(used)
    }
}
