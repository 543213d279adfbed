import Synchronization

/// Objects of the kernel as a test sets them: the current task, and others that it leads to.
// SAFETY: the pointer is private, and what is written is checked against the capacity; objects are
// made by tests before programs read them.
@safe
final class KernelObjects: @unchecked Sendable {
    private static let capacity = 1 << 18

    private let memory: UnsafeMutableRawPointer
    // Behind the task and its registers.
    private var used = MachineObject.byteCount

    init() {
        unsafe memory = .allocate(byteCount: Self.capacity, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// What programs see of them.
    var region: Region {
        unsafe .object(
            at: memory, start: Address.start(ofRegion: Address.objectRegion),
            byteCount: Self.capacity, isWritable: false)
    }

    /// Makes the current task of these bytes.
    func set(task bytes: [UInt8]) {
        let room = MachineObject.registers.rawValue
        unsafe UnsafeMutableRawBufferPointer(start: memory, count: room).copyBytes(
            from: bytes.prefix(room))
    }

    /// Puts an object behind those that are there.
    func add(_ bytes: [UInt8]) -> UserSpaceHost.KernelObjectPlace? {
        guard bytes.count <= Self.capacity - used else { return nil }
        unsafe UnsafeMutableRawBufferPointer(start: memory + used, count: bytes.count)
            .copyBytes(from: bytes)
        defer { used = min((used + bytes.count + 15) & ~15, Self.capacity) }
        return UserSpaceHost.KernelObjectPlace(
            address: Address.start(ofRegion: Address.objectRegion) + UInt64(used),
            pointer: unsafe UInt(bitPattern: memory + used))
    }
}

extension UserSpaceHost {
    /// Where an object of the kernel is.
    public struct KernelObjectPlace: Sendable {
        /// For programs of the machine.
        public let address: UInt64
        /// For native programs.
        public let pointer: UInt
    }

    /// Makes the task that programs seem to run in (`bpf_get_current_task`) of these bytes, 16 KiB at
    /// most.
    public func setTask(_ bytes: [UInt8]) { shownKernelObjects { $0.set(task: bytes) } }

    /// Puts an object of the kernel into the memory that programs can read.
    ///
    /// - Returns: where it is; `nil` if there is no room any more.
    public func addKernelObject(_ bytes: [UInt8]) -> KernelObjectPlace? {
        shownKernelObjects { $0.add(bytes) }
    }

    private func shownKernelObjects<Result>(_ body: (KernelObjects) -> Result) -> Result {
        kernelObjects.withLock { known in
            if let known { return body(known) }
            let objects = KernelObjects()
            known = objects
            show(kernelObjects: objects.region)
            return body(objects)
        }
    }
}
