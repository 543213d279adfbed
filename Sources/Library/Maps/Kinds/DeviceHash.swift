public import EBPFBytecode
public import EBPFKernel
public import EBPFMaps

/// Network interfaces to redirect packets to, by numbers of one's choice
/// (`BPF_MAP_TYPE_DEVMAP_HASH`, Linux 5.4).
public struct DeviceHash: RedirectTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.deviceMapHash] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// The number of the interface under a key, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    public subscript(key: UInt32) -> UInt32? {
        get throws(KernelError) { try word(key) }
    }

    /// Sets the interface under a key (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - interface: the interface's number (`ifindex`).
    ///   - program: runs on each packet before it is sent (section `xdp/devmap`, Linux 5.8).
    ///   - flags: `.noExist` to only insert, `.exist` to only replace.
    /// - Throws: ``KernelError``: `EINVAL` if there is no such interface.
    public func update(
        _ key: UInt32, interface: UInt32, program: XDPProgram? = nil, flags: UpdateFlags = .any
    ) throws(KernelError) {
        try set(key, interface, program, flags: flags)
    }

    /// Removes a key (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ key: UInt32) throws(KernelError) -> Bool { try binding.erase(key) }
}
