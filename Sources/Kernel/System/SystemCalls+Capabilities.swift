public import EBPFBytecode

extension SystemCalls {
    /// Does something with fewer capabilities (capset(2)): of those that have a say in eBPF, only some
    /// are left.
    ///
    /// Only this thread gives them up, and takes them back at the end.
    ///
    /// - Parameters:
    ///   - kept: what may be used; nothing is added that the process does not have.
    ///   - body: what to do; it must stay on this thread.
    /// - Throws: `KernelErrno` if capabilities could not be given up: then nothing was done.
    public func limiting<Result>(
        to kept: Capabilities, _ body: () -> Result
    ) throws(KernelErrno) -> Result {
        let before = try capabilitySets()
        let given = Capabilities.all.subtracting(kept).rawValue
        var reduced = before
        reduced[0] &= ~UInt32(truncatingIfNeeded: given)
        reduced[3] &= ~UInt32(truncatingIfNeeded: given >> 32)
        try setCapabilitySets(reduced)
        let result = body()
        try setCapabilitySets(before)
        return result
    }

    /// Version 3 of the sets: 64 capabilities, of this thread.
    private static let header: [UInt32] = [0x2008_0522, 0]

    /// What may be used, had and passed on, in this order; of each first 32 capabilities, then 32 more.
    private func capabilitySets() throws(KernelErrno) -> [UInt32] {
        var memory = CallMemory()
        let header = memory.array(Self.header)
        let room = memory.buffer(count: 6 * 4)
        _ = try call(.getCapabilities, Int(bitPattern: UInt(header)), Int(bitPattern: UInt(room)))
        let bytes = memory.contents(of: room, count: 6 * 4)
        memory.keep()
        return (0..<6).map { index in
            (0..<4).reduce(0) { $0 | UInt32(bytes[index * 4 + $1]) << UInt32($1 * 8) }
        }
    }

    private func setCapabilitySets(_ sets: [UInt32]) throws(KernelErrno) {
        var memory = CallMemory()
        let header = memory.array(Self.header)
        let data = memory.array(sets)
        _ = try call(.setCapabilities, Int(bitPattern: UInt(header)), Int(bitPattern: UInt(data)))
        memory.keep()
    }
}
