import EBPFBytecode
import EBPFKernel
import EBPFMaps

/// A section of global data: the only value of an array, which programs see change at once.
///
/// In user space its memory is the map's; a kernel shares it where the map is mappable (Linux
/// 5.5), and else is asked for the value and told it.
@safe
final class GlobalSection: Sendable {
    private enum Storage: ~Copyable, Sendable {
        case mapping(Mapping)
        case memory(EBPFMaps.ValueMemory)
        case value
    }

    private let map: AnyMap
    private let storage: Storage
    /// Whether nobody may change it any more.
    let isConstant: Bool

    init(_ map: AnyMap, isFrozen: Bool) throws(KernelError) {
        self.map = map
        isConstant = isFrozen
        switch map.storage {
        case .userSpace(let map):
            storage = map.valueMemory.map { Storage.memory($0) } ?? .value
        case .kernel(let kernelMap):
            guard map.flags.contains(.mappable), !isFrozen else {
                storage = .value
                return
            }
            let pageSize = Mapping.pageSize
            let count = (map.valueSize + pageSize - 1) / pageSize * pageSize
            do throws(KernelErrno) {
                storage = .mapping(
                    try Mapping(kernelMap.descriptor, count: count, isWritable: true))
            } catch {
                throw map.failure("mapping", error)
            }
        }
    }

    /// Copies bytes out.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(KernelError) {
        try check(offset, target.count)
        switch storage {
        case .mapping(let mapping):
            unsafe target.copyMemory(
                from: UnsafeRawBufferPointer(
                    rebasing: mapping.bytes[offset..<(offset + target.count)]))
        case .memory(let memory):
            unsafe target.copyMemory(
                from: UnsafeRawBufferPointer(start: memory.base + offset, count: target.count))
        case .value:
            unsafe target.copyBytes(from: try value()[offset..<(offset + target.count)])
        }
    }

    /// Puts bytes in.
    func write(at offset: Int, from source: UnsafeRawBufferPointer) throws(KernelError) {
        try check(offset, source.count)
        switch storage {
        case .mapping(let mapping):
            unsafe UnsafeMutableRawBufferPointer(
                rebasing: mapping.bytes[offset..<(offset + source.count)]
            ).copyMemory(from: source)
        case .memory(let memory):
            unsafe (memory.base + offset).copyMemory(
                from: source.baseAddress ?? UnsafeRawPointer(memory.base), byteCount: source.count)
        case .value:
            var value = try value()
            unsafe value.replaceSubrange(offset..<(offset + source.count), with: source)
            try map.update([0, 0, 0, 0], value)
        }
    }

    private func value() throws(KernelError) -> [UInt8] {
        guard let value = try map.value(of: [0, 0, 0, 0]) else {
            throw map.failure("reading", .noEntry)
        }
        return value
    }

    private func check(_ offset: Int, _ count: Int) throws(KernelError) {
        let (end, overflow) = offset.addingReportingOverflow(count)
        guard offset >= 0, !overflow, end <= map.valueSize else {
            throw KernelError(
                "reaching into \(map)", .invalidArgument,
                reason: "it has \(map.valueSize) bytes, and \(count) at offset \(offset) are wanted"
            )
        }
    }
}
