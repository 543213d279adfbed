import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Testing

/// Values without system calls, values of single CPUs, and what the kernel tells about maps.
@Suite(.liveKernel) struct MapMemoryTests {
    @Test func `an array is memory`() throws {
        let map = try LiveKernel.map(.array, key: 4, value: 12, entries: 10, flags: .mappable)
        let memory = try KernelMapMemory(map)
        #expect(memory.stride == 16)
        #expect(memory.byteCount == 160)
        try memory.store(UInt32(0x0403_0201), 3, at: 8)
        #expect(try map.value(of: [3, 0, 0, 0])?.suffix(4) == [1, 2, 3, 4])
        try map.update([9, 0, 0, 0], [UInt8](repeating: 7, count: 12))
        #expect(try memory.load(9, at: 4, as: UInt64.self) == 0x0707_0707_0707_0707)
        #expect(memory.withBytes { $0.value(at: 144, as: UInt16.self) } == 0x0707)
        try memory.withMutableBytes { $0.storeBytes(of: 9, toByteOffset: 0, as: UInt8.self) }
        #expect(try map.value(of: [0, 0, 0, 0])?.first == 9)
        for (index, offset) in [(10, 0), (-1, 0), (0, 9), (0, -1), (.max, .max)] {
            let error = #expect(throws: KernelError.self) {
                try memory.load(index, at: offset, as: UInt64.self)
            }
            #expect(error?.errno == .outOfRange)
            #expect(throws: KernelError.self) { try memory.store(UInt64(0), index, at: offset) }
        }
    }

    @Test func `a frozen array is mapped for reading only`() throws {
        let map = try LiveKernel.map(.array, key: 4, value: 8, entries: 1, flags: .mappable)
        #expect(try map.usage().isFrozen == false)
        try map.freeze()
        #expect(try map.usage().isFrozen)
        #expect(throws: KernelError.self) { _ = try KernelMapMemory(map) }
        let memory = try KernelMapMemory(map, isWritable: false)
        #expect(try memory.load(as: UInt64.self) == 0)
        #expect(throws: KernelError.self) { try memory.store(UInt64(1)) }
        #expect(throws: KernelError.self) { try memory.withMutableBytes { _ in } }
    }

    @Test func `only what is memory is mapped`() throws {
        let rows: [(KernelMap, String)] = [
            (
                try LiveKernel.map(.hash, key: 4, value: 8, entries: 1),
                "it is of type hash; only arrays and arenas are memory"
            ),
            (
                try LiveKernel.map(.array, key: 4, value: 8, entries: 1),
                "the array was not made for it"
            ),
        ]
        for (map, reason) in rows {
            let error = #expect(throws: KernelError.self) { _ = try KernelMapMemory(map) }
            #expect(error?.reason == reason)
        }
    }

    @Test(arguments: [0, 0x1_0000_0000_0000 / 4]) func `an arena is memory`(address: UInt64) throws
    {
        let map = try LiveKernel.map(.arena, entries: 4, flags: .mappable, extra: address)
        let memory = try KernelMapMemory(map)
        #expect(memory.byteCount == 4 * 4096)
        if address != 0 { #expect(memory.address == address) }
        try memory.store(UInt64(4711), 2, at: 4088)
        #expect(try memory.load(2, at: 4088, as: UInt64.self) == 4711)
        #expect(throws: KernelError.self) { try memory.load(4, as: UInt8.self) }
    }

    @Test func `an arena begins at the same address each time`() throws {
        let map = try LiveKernel.map(.arena, entries: 4, flags: .mappable)
        let first = try KernelMapMemory(map)
        let address = first.address
        try first.store(UInt64(17), 1)
        _ = consume first
        let second = try KernelMapMemory(map)
        #expect(second.address == address)
        #expect(try second.load(1, as: UInt64.self) == 17)
    }

    @Test func `keys and values of fixed layout go without arrays`() throws {
        let map = try LiveKernel.map(.hash, key: 4, value: 8, entries: 4)
        try map.update(UInt32(7), to: UInt64(99))
        var value: UInt64 = 0
        #expect(try map.lookup(UInt32(7), into: &value))
        #expect(value == 99)
        #expect(try !map.lookup(UInt32(8), into: &value))
        #expect(value == 99)
        let error = #expect(throws: KernelError.self) { try map.update(UInt64(7), to: UInt64(1)) }
        #expect(error?.reason == "a key has 4 bytes and a value 8, not 8 and 8")
        #expect(throws: KernelError.self) { try map.update(UInt32(7), to: UInt64(1), flags: 1) }
    }

    @Test func `each CPU has its value`() throws {
        let map = try LiveKernel.map(.perCPUHash, key: 4, value: 6, entries: 4)
        try map.update([1, 0, 0, 0], onAllCPUs: [1, 2, 3, 4, 5, 6])
        let values = try map.values(of: [1, 0, 0, 0])
        #expect(values == Array(repeating: [1, 2, 3, 4, 5, 6], count: map.valuesPerKey))
        #expect(try map.values(of: [2, 0, 0, 0]) == nil)
        do {
            try map.update([1, 0, 0, 0], [9, 9, 9, 9, 9, 9], onCPU: 1)
            #expect(try map.values(of: [1, 0, 0, 0])?[1] == [9, 9, 9, 9, 9, 9])
            #expect(try map.values(of: [1, 0, 0, 0])?[0] == [1, 2, 3, 4, 5, 6])
        } catch {
            #expect(
                error.reason
                    == "this kernel sets the values of all CPUs only together (no BPF_F_CPU)")
        }
        #expect(throws: KernelError.self) {
            try map.update([1, 0, 0, 0], [9, 9, 9, 9, 9, 9], onCPU: 4096)
        }
        #expect(throws: KernelError.self) { try map.update([1, 0, 0, 0], onAllCPUs: [1]) }
    }

    @Test func `queues, stacks and filters have no keys`() throws {
        let queue = try LiveKernel.map(.queue, value: 4, entries: 3)
        let stack = try LiveKernel.map(.stack, value: 4, entries: 3)
        let filter = try LiveKernel.map(.bloomFilter, value: 4, entries: 10)
        for map in [queue, stack, filter] {
            for number in 1...3 as ClosedRange<UInt8> { try map.update([], [number, 0, 0, 0]) }
        }
        #expect(try queue.value(of: []) == [1, 0, 0, 0])
        #expect(try queue.takeValue(of: []) == [1, 0, 0, 0])
        #expect(try stack.takeValue(of: []) == [3, 0, 0, 0])
        #expect(try stack.takeValue(of: []) == [2, 0, 0, 0])
        #expect(try stack.takeValue(of: []) == [1, 0, 0, 0])
        #expect(try stack.takeValue(of: []) == nil)
        #expect(throws: KernelError.self) { try filter.takeValue(of: []) }
        #expect(try filter.mayContain([2, 0, 0, 0]))
        #expect(try !filter.mayContain([9, 9, 9, 9]))
        #expect(throws: KernelError.self) { try queue.mayContain([2, 0, 0, 0]) }
    }

    @Test func `the kernel tells what a map takes`() throws {
        let map = try LiveKernel.map(.array, key: 4, value: 4096, entries: 100)
        #expect(try map.usage().memory >= 409_600)
        #expect(try map.usage().ownerType == nil)
    }
}
