public import EBPFBytecode
public import EBPFKernel

/// The sockets of a group that shares a port, to select one from
/// (`BPF_MAP_TYPE_REUSEPORT_SOCKARRAY`, Linux 4.19).
public struct ReusePortSocketArray: DescriptorTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.reusePortSocketArray] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// The cookie of the socket at an index, or `nil` (`BPF_MAP_LOOKUP_ELEM`, Linux 5.9).
    ///
    /// - Throws: ``KernelError``: `ENOSPC` if the values have 4 bytes, which hold no cookie.
    public func cookie(at index: Int) throws(KernelError) -> UInt64? {
        let key = AnyMap.bytes(try binding.key(index))
        return try map.value(of: key).map { plainValue(copying: $0) }
    }
}
