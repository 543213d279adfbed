#if !EBPF_KERNEL
extension ProgramContext {
    /// A context at an address of this process.
    public init(at address: UInt) {
        // All contexts are structs whose only member is the pointer.
        self = withUnsafeBytes(of: address) { $0.loadUnaligned(as: Self.self) }
    }
}

extension Config {
    /// Where its global lies, by which worlds of tests know it.
    public var place: UnsafeMutableRawPointer { UnsafeMutableRawPointer(own) }
}

extension Global {
    /// Where its global lies, by which worlds of tests know it.
    public var place: UnsafeMutableRawPointer { UnsafeMutableRawPointer(own) }
}
#endif
