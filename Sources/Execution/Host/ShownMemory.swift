/// Memory that callers fill piece by piece, before programs read it as one region.
// SAFETY: the pointer is private, and what is written is checked against the size; the registry's lock
// is held while pieces are added.
@safe
final class ShownMemory {
    /// Where such memory is, and how pieces lie in it.
    struct Layout {
        let region: Int
        let byteCount: Int
        /// Where the first piece begins.
        let start: Int
        /// How many zero bytes follow a piece at least.
        let gap: Int
        /// What pieces begin at a multiple of.
        let alignment: Int

        /// Memory of the process that programs seem to run in; texts end with a zero.
        static let process = Layout(
            region: Address.processRegion, byteCount: 1 << 16, start: 0, gap: 1, alignment: 8)
        /// Objects of the kernel: the current task, its registers, and others behind them.
        static let kernelObjects = Layout(
            region: Address.objectRegion, byteCount: 1 << 18, start: MachineObject.byteCount,
            gap: 0,
            alignment: 16)
    }

    /// A piece: for programs of the machine, and for native programs.
    typealias Place = UserSpaceHost.KernelObjectPlace

    private let layout: Layout
    private let memory: UnsafeMutableRawPointer
    private var used: Int

    init(_ layout: Layout) {
        self.layout = layout
        used = layout.start
        unsafe memory = .allocate(byteCount: layout.byteCount, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
    }

    deinit { unsafe memory.deallocate() }

    /// What programs see of it.
    var region: Region {
        unsafe .object(
            at: memory, start: Address.start(ofRegion: layout.region),
            byteCount: layout.byteCount, isWritable: false)
    }

    /// Puts bytes before the first piece, as many as fit into `room`.
    func setStart(_ bytes: [UInt8], room: Int) {
        let count = min(room, layout.start)
        unsafe UnsafeMutableRawBufferPointer(start: memory, count: count).copyBytes(
            from: bytes.prefix(count))
    }

    /// Puts a piece behind those that are there; `nil` if there is no room.
    func add(_ bytes: [UInt8]) -> Place? {
        guard bytes.count <= layout.byteCount - used else { return nil }
        unsafe UnsafeMutableRawBufferPointer(start: memory + used, count: bytes.count)
            .copyBytes(from: bytes)
        let end = used + bytes.count + layout.gap + layout.alignment - 1
        defer { used = min(end - end % layout.alignment, layout.byteCount) }
        return Place(
            address: Address.start(ofRegion: layout.region) + UInt64(used),
            pointer: unsafe UInt(bitPattern: memory + used))
    }
}
