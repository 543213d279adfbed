public import EBPFBytecode
public import EBPFKernel

/// Stack traces that programs recorded, under the numbers they got
/// (`BPF_MAP_TYPE_STACK_TRACE`, Linux 4.6).
///
/// A map that records build ids instead of addresses (`BPF_F_STACK_BUILD_ID`) is read through
/// ``LoadedObject/maps``, as bytes.
public struct StackTraces: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.stackTrace] }
    /// A number.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// As many addresses as the map has room for.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// The return addresses of a trace, innermost first, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Parameter id: what `bpf_get_stackid` returned; negative numbers are errors, not traces.
    /// - Throws: ``KernelError``.
    public subscript(id: Int) -> [UInt64]? {
        get throws(KernelError) {
            guard let key = UInt32(exactly: id), let bytes = try map.value(of: AnyMap.bytes(key))
            else { return nil }
            let addresses = stride(from: 0, to: bytes.count - 7, by: 8).map { start in
                plainValue(copying: Array(bytes[start..<(start + 8)]), as: UInt64.self)
            }
            return Array(addresses.prefix { $0 != 0 })
        }
    }

    /// The numbers of the traces that are there.
    ///
    /// - Throws: ``KernelError``.
    public func ids() throws(KernelError) -> [Int] {
        try map.walkedKeys().keys.map { Int(AnyMap.number($0)) }
    }

    /// Removes a trace (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ id: Int) throws(KernelError) -> Bool {
        guard let key = UInt32(exactly: id) else { return false }
        return try binding.erase(key)
    }
}
