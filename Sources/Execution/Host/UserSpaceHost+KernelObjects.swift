import Synchronization

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
    public func setTask(_ bytes: [UInt8]) {
        registry.withLock {
            $0.memory(.kernelObjects).setStart(bytes, room: MachineObject.registers.rawValue)
        }
    }

    /// Puts an object of the kernel into the memory that programs can read.
    ///
    /// - Returns: where it is; `nil` if there is no room any more.
    public func addKernelObject(_ bytes: [UInt8]) -> KernelObjectPlace? {
        registry.withLock { $0.memory(.kernelObjects).add(bytes) }
    }
}
