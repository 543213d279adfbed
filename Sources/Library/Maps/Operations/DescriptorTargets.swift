public import EBPFKernel

/// A map that keeps what descriptors of this process stand for, by index: sockets, groups.
///
/// The kernel holds the thing itself: the descriptor may be closed afterwards.
public protocol DescriptorTargets: TypedMap {}

extension DescriptorTargets {
    /// An index.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// What values are, the kernel decides.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }

    /// How many places there are.
    public var count: Int { map.maxEntries }

    /// Puts what a descriptor stands for at an index (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameter descriptor: an open descriptor of this process.
    /// - Throws: ``KernelError``: `EBADF` if it is not open, `EINVAL` or `EOPNOTSUPP` if it is
    ///   something else than the map takes.
    public func update(_ index: Int, descriptor: Int32) throws(KernelError) {
        let key = AnyMap.bytes(try binding.key(index))
        try map.update(key, descriptor.bytes(map.valueSize))
    }

    /// Takes out what is at an index (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether there was something.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ index: Int) throws(KernelError) -> Bool {
        try binding.erase(try binding.key(index))
    }
}

extension Int32 {
    /// A descriptor in 4 or 8 bytes, as maps of sockets have it.
    func bytes(_ count: Int) -> [UInt8] {
        AnyMap.bytes(self) + Array(repeating: 0, count: Swift.max(0, count - 4))
    }
}
