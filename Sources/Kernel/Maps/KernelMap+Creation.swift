import EBPFBytecode

extension KernelMap {
    /// Creates a map (`BPF_MAP_CREATE`).
    ///
    /// - Parameters:
    ///   - attributes: the kind, sizes, flags and types.
    ///   - system: the kernel to create it in.
    /// - Throws: ``KernelError``.
    public convenience init(
        _ attributes: MapCreateAttributes, system: SystemCalls = .linux
    ) throws(KernelError) {
        var attributes = attributes
        let undertaking = MapType(rawValue: attributes.type).map(Undertaking.create) ?? .anything
        let descriptor = try attempting(
            "creating map \(attributes.name.text)", undertaking, on: system
        ) { () throws(KernelErrno) in
            try system.withLockedMemory { () throws(KernelErrno) in
                try system.openBPF(.mapCreate, &attributes)
            }
        }
        try self.init(owning: descriptor)
    }

    /// Opens the map with a number (`BPF_MAP_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public convenience init(id: UInt32, system: SystemCalls = .linux) throws(KernelError) {
        try self.init(owning: try system.openObject(.map, id: id))
    }

    /// Opens a map that was pinned at a path of the BPF file system (`BPF_OBJ_GET`).
    ///
    /// - Throws: ``KernelError``.
    public convenience init(
        pinnedAt path: String, system: SystemCalls = .linux
    ) throws(KernelError) {
        try self.init(owning: try system.openPinned(path))
    }

    /// Makes the map outlive this process under a path of the BPF file system (`BPF_OBJ_PIN`).
    ///
    /// - Throws: ``KernelError``.
    public func pin(at path: String) throws(KernelError) {
        try descriptor.pin(at: path, "pinning \(self)")
    }
}

extension SystemCalls {
    /// Opens whatever is pinned at a path (`BPF_OBJ_GET`).
    public func openPinned(_ path: String) throws(KernelError) -> Descriptor {
        var memory = CallMemory()
        var attributes = ObjectPathAttributes()
        attributes.path = memory.string(path)
        do throws(KernelErrno) {
            let descriptor = try openBPF(.objectGet, &attributes)
            memory.keep()
            return descriptor
        } catch {
            throw refusal(ofPin: path, error)
        }
    }

    /// Why a pin cannot be opened: rights, or there is something else at the path, or nothing.
    private func refusal(ofPin path: String, _ errno: KernelErrno) -> KernelError {
        var error = KernelError("opening the pin \(path)", errno)
        if errno == .noEntry {
            error.reason = "nothing is pinned there"
        } else if isBPFFileSystem(path) == false {
            error.reason = "it is not in a BPF file system, where pins are"
        } else if isDirectory(path) {
            error.reason = "it is a directory; name one of the pins in it"
        } else {
            error = KernelError("opening the pin \(path)", errno, diagnosing: .anything, on: self)
        }
        return error
    }

    private func isDirectory(_ path: String) -> Bool { (try? open(path, .directory)) != nil }
}

extension Descriptor {
    /// Pins a map, program or link (`BPF_OBJ_PIN`).
    public func pin(at path: String, _ action: String) throws(KernelError) {
        var memory = CallMemory()
        var attributes = ObjectPathAttributes()
        attributes.path = memory.string(path)
        attributes.object = UInt32(bitPattern: number)
        do throws(KernelErrno) {
            try system.bpf(.objectPin, &attributes)
        } catch {
            throw KernelError("\(action) at \(path)", error)
        }
        memory.keep()
    }

    /// What the kernel says about a map, program, link or BTF (`BPF_OBJ_GET_INFO_BY_FD`).
    ///
    /// - Parameter request: addresses and sizes of buffers that the kernel is to fill.
    public func info<Info: KernelInfo>(
        _ action: @autoclosure () -> String, _ request: Info = Info()
    ) throws(KernelError) -> Info {
        var info = request
        do throws(KernelErrno) {
            try unsafe withUnsafeMutableBytes(of: &info) { bytes throws(KernelErrno) in
                var attributes = ObjectInfoAttributes()
                attributes.object = UInt32(bitPattern: number)
                attributes.infoSize = UInt32(bytes.count)
                attributes.info = UInt64(UInt(bitPattern: bytes.baseAddress))
                try system.bpf(.objectInfo, &attributes)
            }
        } catch {
            throw KernelError(action(), error)
        }
        return info
    }
}
