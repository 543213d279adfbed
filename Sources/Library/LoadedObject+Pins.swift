public import EBPFKernel

extension LoadedObject {
    /// Pins maps and programs in a directory of a BPF file system, each under its name: they
    /// outlive this process then; kernel only.
    ///
    /// - Parameters:
    ///   - directory: an absolute path; it is made if there is none.
    ///   - parts: maps, programs or both.
    /// - Throws: ``KernelError``; nothing of it stays pinned then.
    public func pin(in directory: String, _ parts: PinParts = .all) throws(KernelError) {
        guard let object = loaded as? KernelObject else {
            throw KernelError.noPin(of: "the object", at: directory)
        }
        try object.pin(in: directory, parts)
    }

    /// Takes away the pins of ``pin(in:_:)``; what is not pinned is passed over.
    ///
    /// - Throws: ``KernelError``, of the first that cannot be removed; the others are.
    public func unpin(from directory: String, _ parts: PinParts = .all) throws(KernelError) {
        try (loaded as? KernelObject)?.unpin(from: directory, parts)
    }
}
