import EBPFBytecode
import EBPFMaps

/// Events for the application besides ring buffers: perf events and stack traces.
enum EventHelpers {
    static func install(in table: inout HelperTable) {
        table[.perfEventOutput] = output
        table[.getStackid] = recordStack
    }

    /// Where the flags of `bpf_perf_event_output` say how much of the packet goes along
    /// (`BPF_F_CTXLEN_MASK`).
    private static let packetLengthShift: UInt64 = 32
    private static let packetLengthMask: UInt64 = 0xf_ffff

    /// `long bpf_perf_event_output(ctx, map, flags, data, size)`
    private static func output(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        let array = try call.map(.second, as: PerfEventArray.self)
        let bytes = try unsafe call.readableBytes(.fourth, size: .fifth)
        let cpu = call.machine.cpu
        if case .bytes = call.context.kind {
            return call.result { () throws(KernelErrno) in
                try unsafe array.programOutput(flags: call.third, cpu: cpu, bytes)
            }
        }
        let length = Int(call.third >> packetLengthShift & packetLengthMask)
        let packet = unsafe UnsafeRawBufferPointer(call.packet.bytes)
        return call.result { () throws(KernelErrno) in
            let known = packetLengthMask << packetLengthShift | 0xffff_ffff
            guard call.third & ~known == 0 else { throw .invalidArgument }
            guard length <= packet.count else { throw .badAddress }
            try unsafe array.programOutput(
                flags: call.third,
                cpu: cpu,
                bytes,
                payload: UnsafeRawBufferPointer(rebasing: packet[..<length])
            )
        }
    }

    /// `long bpf_get_stackid(ctx, map, flags)`: the stack of the program itself.
    private static func recordStack(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        let map = try call.map(.second, as: StackTraceMap.self)
        // Nothing of the program lies in user space.
        let isUser = call.third & TracingHelpers.StackFlags.userStack != 0
        let addresses = isUser ? [] : call.machine.returnAddresses
        do throws(KernelErrno) {
            return UInt64(try map.programRecord(addresses, flags: call.third))
        } catch {
            return error.helperResult
        }
    }
}
