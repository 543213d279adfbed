public import EBPFBytecode

/// An open file descriptor and the duty to close it.
///
/// It closes itself when its owner goes; nobody else may hold the number longer than that.
public struct Descriptor: ~Copyable, Sendable {
    /// The number, for system calls during the life of this value.
    public private(set) var number: Int32
    /// The kernel that gave it.
    public let system: SystemCalls

    /// Takes over a descriptor that nobody else will close.
    public init(owning number: Int, system: SystemCalls) {
        self.number = Int32(truncatingIfNeeded: number)
        self.system = system
    }

    /// Another descriptor for the same open file (`F_DUPFD_CLOEXEC`).
    ///
    /// - Throws: `EMFILE` when the process has too many.
    public func duplicate() throws(KernelErrno) -> Descriptor {
        let duplicateAndCloseOnExec = 1030
        let copy = try system.call(.fileControl, Int(number), duplicateAndCloseOnExec, 0)
        return Descriptor(owning: copy, system: system)
    }

    /// Gives the number away; who takes it closes it.
    public consuming func release() -> Int32 {
        var emptied = self
        let number = emptied.number
        emptied.number = -1
        return number
    }

    deinit {
        // What close(2) reports concerns data not yet written, of which these descriptors have
        // none; the number is free in any case, so the call is never repeated.
        guard number >= 0 else { return }
        _ = try? system.callOnce(.close, Int(number))
    }
}
