public import EBPFBytecode
public import EBPFKernel

/// Sockets whose streams and messages programs redirect, by index
/// (`BPF_MAP_TYPE_SOCKMAP`, Linux 4.14).
public struct SocketMap: DescriptorTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.socketMap] }
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
