import EBPFBytecode

/// Loops by callback.
enum ControlHelpers {
    static func install(in table: inout HelperTable) {
        table[.loop] = loop
    }

    /// How many times `bpf_loop` may call back (`BPF_MAX_LOOPS`).
    private static let loopLimit = 8 * 1024 * 1024

    /// `long bpf_loop(count, callback, context, flags)`
    private static func loop(_ call: HelperCall) throws(Fault) -> UInt64 {
        let count = UInt32(truncatingIfNeeded: call.first)
        let context = call.third
        guard call.fourth == 0 else { return KernelErrno.invalidArgument.helperResult }
        guard count <= loopLimit else { return KernelErrno.tooBig.helperResult }
        for index in 0..<count {
            let result = try call.callBack(.second, UInt64(index), context)
            guard result == 0 else { return UInt64(index) + 1 }
        }
        return UInt64(count)
    }
}
