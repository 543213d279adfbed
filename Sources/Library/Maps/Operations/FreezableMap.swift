public import EBPFKernel

extension TypedMap {
    /// Forbids applications to change the map from now on (`BPF_MAP_FREEZE`).
    ///
    /// - Throws: ``KernelError``: `EBUSY` when it is frozen already.
    public func freeze() throws(KernelError) { try map.freeze() }
}
