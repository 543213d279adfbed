import EBPFExecution
public import EBPFProgram
public import Testing

/// The objects of the kernel that programs read; in the kernel they are its own.
extension TestWorld {
    /// Makes the task that programs seem to run in: `KernelPointer<Task>.current`.
    public func setTask(
        _ task: KernelObject, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        defer { state.tell(sourceLocation) }
        guard let bytes = state.layout(of: task) else { return }
        state.host.setTask(bytes)
    }

    /// Puts an object into the kernel's memory.
    ///
    /// - Returns: a pointer to it, for a field of another object; nowhere if there is no room.
    public func pointer<Object>(
        to object: KernelObject, as _: Object.Type,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> KernelPointer<Object> {
        defer { state.tell(sourceLocation) }
        guard let bytes = state.layout(of: object) else { return KernelPointer(address: 0) }
        guard let place = state.host.addKernelObject(bytes) else {
            state.reports.add("the memory for objects of the kernel is full: it has 224 KiB")
            return KernelPointer(address: 0)
        }
        return KernelPointer(address: state.isNative ? place.pointer : UInt(place.address))
    }
}
