import EBPFExecution
public import Testing

/// The memory of the process that programs seem to run in.
extension TestWorld {
    /// Puts bytes there, where `UserMemory.read` finds them; in the kernel it is this process.
    ///
    /// - Returns: their address. Without room (there are 64 KiB in all) it is 0, and the test knows.
    public func userMemory(
        _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) -> UInt {
        defer { state.tell(sourceLocation) }
        if case .kernel = form { return state.keep(bytes) }
        if let address = state.host.addProcessMemory(bytes) { return UInt(address) }
        state.reports.add("the memory of the process is full: it has 64 KiB")
        return 0
    }

    /// Puts text there that ends with a zero, where `FixedString.readUserString` finds it.
    ///
    /// - Returns: its address.
    public func userString(
        _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) -> UInt {
        userMemory(Array(text.utf8) + [0], sourceLocation: sourceLocation)
    }
}
