import EBPFMaps
import EBPFProgram

/// The parts of a value that the kernel manages: timers and locks among its members.
struct ManagedFields {
    private(set) var fields: [SpecialField] = []

    /// Those of a type.
    init(of type: any Any.Type) { fields = Self.search(type) }

    private static func search<Value>(_ type: Value.Type) -> [SpecialField] {
        unsafe withUnsafeTemporaryAllocation(
            byteCount: max(MemoryLayout<Value>.stride, 1),
            alignment: MemoryLayout<Value>.alignment
        ) { room in
            unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
            // SAFETY: values of maps are plain data, of which zeros are one.
            return unsafe fields(in: room.load(as: Value.self), at: 0)
        }
    }

    private static func fields(in value: Any, at offset: Int) -> [SpecialField] {
        if value is KernelTimer { return [SpecialField(.timer, at: offset)] }
        if value is SpinLock { return [SpecialField(.spinLock, at: offset)] }
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .struct || mirror.displayStyle == .tuple else { return [] }
        var found: [SpecialField] = []
        var end = offset
        for child in mirror.children {
            let (size, alignment) = layout(of: child.value)
            let start = (end + alignment - 1) / alignment * alignment
            found += fields(in: child.value, at: start)
            end = start + size
        }
        return found
    }
}

private func layout<Value>(of _: Value) -> (size: Int, alignment: Int) {
    (MemoryLayout<Value>.size, MemoryLayout<Value>.alignment)
}
