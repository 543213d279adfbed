public import EBPFBytecode

extension SystemCalls {
    /// Attaches a program to a raw tracepoint (`BPF_RAW_TRACEPOINT_OPEN`).
    ///
    /// - Throws: the kernel's error number.
    public func openRawTracepoint(
        _ name: String?, program: UInt32, cookie: UInt64
    ) throws(KernelErrno) -> Descriptor {
        var memory = CallMemory()
        var attributes = RawTracepointAttributes()
        if let name { attributes.name = memory.string(name) }
        attributes.program = program
        attributes.cookie = cookie
        let descriptor = try openBPF(.rawTracepointOpen, &attributes)
        memory.keep()
        return descriptor
    }
}
