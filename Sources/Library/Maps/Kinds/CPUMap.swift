public import EBPFBytecode
public import EBPFKernel

/// Processors to redirect packets to (`BPF_MAP_TYPE_CPUMAP`, Linux 4.15).
public struct CPUMap: RedirectTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.cpuMap] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// How many packets may wait for a processor, or `nil` if it takes none
    /// (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    public subscript(cpu: Int) -> Int? {
        get throws(KernelError) { try word(try binding.key(cpu)).map { Int($0) } }
    }

    /// Lets a processor take packets (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - queueSize: how many packets may wait for it, up to 16384.
    ///   - program: runs on each packet there (section `xdp/cpumap`, Linux 5.9).
    /// - Throws: ``KernelError``.
    public func update(
        _ cpu: Int, queueSize: Int, program: XDPProgram? = nil
    ) throws(KernelError) {
        try set(try binding.key(cpu), UInt32(clamping: queueSize), program)
    }

    /// Lets a processor take no more packets (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    public func remove(_ cpu: Int) throws(KernelError) {
        _ = try binding.erase(try binding.key(cpu))
    }
}
