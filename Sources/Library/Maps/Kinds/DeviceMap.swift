public import EBPFBytecode
public import EBPFKernel

/// Network interfaces to redirect packets to, by index (`BPF_MAP_TYPE_DEVMAP`, Linux 4.14).
public struct DeviceMap: RedirectTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.deviceMap] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// The number of the interface at an index, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    public subscript(index: Int) -> UInt32? {
        get throws(KernelError) { try word(try binding.key(index)) }
    }

    /// Sets the interface at an index (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - interface: the interface's number (`ifindex`).
    ///   - program: runs on each packet before it is sent (section `xdp/devmap`, Linux 5.8).
    /// - Throws: ``KernelError``: `EINVAL` if there is no such interface.
    public func update(
        _ index: Int, interface: UInt32, program: XDPProgram? = nil
    ) throws(KernelError) {
        try set(try binding.key(index), interface, program)
    }

    /// Takes the interface at an index out (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    public func remove(_ index: Int) throws(KernelError) {
        _ = try binding.erase(try binding.key(index))
    }
}
