import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// No hooks: what loading and reading need of older kernels.
extension HookTrial {
    static let loading: [HookTrial] = [
        HookTrial(hook: "loading with CO-RE") { _ in
            let program = try relocated()
            let seen = try program.run(context: [UInt8](repeating: 0, count: 8)).returned
            guard seen == UInt32(getpid()) else {
                throw Failure("task_struct.tgid reads \(seen), not this process")
            }
            return "task_struct.tgid was found"
        },
        HookTrial(hook: "ring buffer") { _ in
            var attributes = MapCreateAttributes()
            attributes.type = MapType.ringBuffer.rawValue
            attributes.maxEntries = 65536
            attributes.name = ObjectName("trial")
            let map = try KernelMap(attributes)
            let ring = try KernelRingBuffer(map)
            let program = try sender(into: map)
            for _ in 0..<3 { _ = try program.run(context: [UInt8](repeating: 0, count: 8)) }
            var sizes: [Int] = []
            ring.withEvents { sizes.append($0.byteCount) }
            guard sizes == [8, 8, 8] else { throw Failure("events of \(sizes) bytes came") }
            return "3 events"
        },
    ]

    /// A program that returns its process's number, by a field whose offset is not known yet.
    private static func relocated() throws -> KernelProgram {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        let task = builder.add(
            .structure(
                CompositeType(
                    name: "task_struct", size: 4,
                    members: [.init("tgid", number, bitOffset: 0)])))
        let text = """
            call 35
            r3 = r0
            r1 = 0
            r3 += r1
            r1 = r10
            r1 += -8
            r2 = 4
            call 113
            r0 = *(u32 *)(r10 - 8)
            exit
            """
        var spec = ProgramSpec(
            name: "trial", section: "raw_tp/sys_enter", type: .rawTracepoint,
            instructions: try Assembler().assemble(text))
        spec.coreRelocations = [
            CORERelocation(slot: 2, type: task, access: "0:0", kind: .fieldByteOffset)
        ]
        return try Counter.load(spec, types: try builder.build())
    }

    /// A program that sends eight bytes.
    private static func sender(into map: KernelMap) throws -> KernelProgram {
        let text = """
            *(u64 *)(r10 - 8) = 1
            r1 = map[fd:\(map.descriptor.number)] ll
            r2 = r10
            r2 += -8
            r3 = 8
            r4 = 0
            call 130
            exit
            """
        let spec = ProgramSpec(
            name: "trial", section: "raw_tp/sys_enter", type: .rawTracepoint,
            instructions: try Assembler().assemble(text))
        return try Counter.load(spec)
    }
}
