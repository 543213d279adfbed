import EBPFBytecode
public import EBPFKernel

extension AnyMap {
    /// Opens a map that was pinned at a path of the BPF file system (`BPF_OBJ_GET`).
    ///
    /// - Throws: ``KernelError``; also if something else than a map is there.
    public convenience init(pinnedAt path: String) throws(KernelError) {
        let map = try KernelMap(pinnedAt: path)
        self.init(map.shape.name, map)
    }

    /// Opens the map with a number (`BPF_MAP_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public convenience init(id: UInt32) throws(KernelError) {
        let map = try KernelMap(id: id)
        self.init(map.shape.name, map)
    }

    /// The kernel's number of the map; `nil` in user space.
    public var id: UInt32? { kernelMap?.shape.id }

    /// Gives the map a path in the BPF file system, under which it outlives this process
    /// (`BPF_OBJ_PIN`); kernel only.
    ///
    /// - Throws: ``KernelError``; `EEXIST` if something is there.
    public func pin(at path: String) throws(KernelError) {
        guard let kernelMap else { throw KernelError.noPin(of: "\(self)", at: path) }
        try kernelMap.pin(at: path)
    }
}

extension TypedMap {
    /// Opens a map that was pinned at a path of the BPF file system (`BPF_OBJ_GET`), by the sizes
    /// of its keys and values.
    ///
    /// - Throws: ``KernelError`` if there is no map, ``BindingError`` if it is another one.
    public init(pinnedAt path: String) throws {
        try self.init(opening: try AnyMap(pinnedAt: path))
    }
}

extension KernelError {
    /// What is in this process cannot be kept in a file system.
    static func noPin(of what: String, at path: String) -> KernelError {
        KernelError(
            "pinning \(what) at \(path)", .operationNotSupported,
            reason: "it is in user space and ends with this process",
            remedy: "load the object with Host.kernel")
    }
}
