public import EBPFBytecode
public import EBPFKernel

extension LiveKernel {
    /// Creates a map.
    public static func map(
        _ type: MapType, key: UInt32 = 0, value: UInt32 = 0, entries: UInt32 = 0,
        flags: MapFlags = [], extra: UInt64 = 0, inner: KernelMap? = nil, name: String = "test"
    ) throws -> KernelMap {
        var attributes = MapCreateAttributes()
        attributes.type = type.rawValue
        attributes.keySize = key
        attributes.valueSize = value
        attributes.maxEntries = entries
        attributes.flags = flags.rawValue
        attributes.extra = extra
        attributes.name = ObjectName(name)
        attributes.innerMap = UInt32(bitPattern: inner?.descriptor.number ?? 0)
        return try KernelMap(attributes)
    }

    /// A program that sends numbers into a ring buffer: at most 1,024 a run, as many as the first
    /// word of its context says; it returns how many of them did not fit.
    public static func producer(ring map: KernelMap) throws -> KernelProgram {
        try program(
            .rawTracepoint,
            producer(
                """
                r1 = map[fd:\(map.descriptor.number)] ll
                r2 = r10
                r2 += -8
                r3 = 8
                r4 = 0
                call 130
                """))
    }

    /// A program that sends numbers into a perf event array, for the CPU it runs on, with so many
    /// bytes an event (8 to 256).
    public static func producer(
        perfEvents map: KernelMap, byteCount: Int = 8
    ) throws -> KernelProgram {
        try program(
            .rawTracepoint,
            producer(
                """
                r1 = r9
                r2 = map[fd:\(map.descriptor.number)] ll
                r3 = 0xffffffff ll
                r4 = r10
                r4 += -\(byteCount)
                r5 = \(byteCount)
                call 25
                """, byteCount: byteCount))
    }

    /// The loop around a call that sends what lies at the lower end of the stack.
    private static func producer(_ call: String, byteCount: Int = 8) -> String {
        let clearing = stride(from: 8, through: byteCount, by: 8).map {
            "*(u64 *)(r10 - \($0)) = 0"
        }
        return """
            r9 = r1
            r6 = *(u64 *)(r1 + 0)
            r7 = 0
            r8 = 0
            \(clearing.joined(separator: "\n"))
            again:
            if r7 >= r6 goto end
            if r7 >= 1024 goto end
            *(u64 *)(r10 - \(byteCount)) = r7
            \(call)
            r7 += 1
            if r0 == 0 goto again
            r8 += 1
            goto again
            end:
            r0 = r8
            exit
            """
    }
}

extension KernelProgram {
    /// Runs a producer; the number of events that did not fit.
    public func produce(_ count: UInt64, cpu: UInt32? = nil) throws -> UInt32 {
        let context = (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * UInt64($0))) }
        return try run(context: context, cpu: cpu).returned
    }
}
