public import EBPFBytecode

/// The pins that an undertaking made, in case it fails after all.
struct PinJournal {
    let system: SystemCalls
    private var pins: [String] = []
    private var directories: [String] = []

    /// Nothing pinned yet.
    init(system: SystemCalls) { self.system = system }

    /// Pins something; directories that the path needs are made, for the owner only.
    ///
    /// - Throws: ``KernelError``; `EEXIST` if something is there already.
    mutating func pin(
        _ descriptor: borrowing Descriptor, at path: String, _ action: String
    ) throws(KernelError) {
        try makeDirectories(for: path)
        do throws(KernelError) {
            try descriptor.pin(at: path, action)
        } catch {
            throw explained(error, path)
        }
        pins.append(path)
    }

    /// Takes back what was done.
    mutating func undo() {
        for path in pins.reversed() { try? system.unpin(path) }
        for path in directories.reversed() { try? system.removeDirectory(path) }
        (pins, directories) = ([], [])
    }

    private mutating func makeDirectories(for path: String) throws(KernelError) {
        var missing: [String] = []
        var parent = Self.parent(of: path)
        while !parent.isEmpty, !system.exists(parent) {
            missing.append(parent)
            parent = Self.parent(of: parent)
        }
        for directory in missing.reversed() {
            do throws(KernelErrno) {
                try system.makeDirectory(directory)
                directories.append(directory)
            } catch {
                // Somebody else who pins there, too, may have been quicker.
                guard error != .exists else { continue }
                throw explained(KernelError("making directory \(directory)", error), directory)
            }
        }
    }

    /// The kernel says `EPERM` for files of other file systems, and for names with a dot.
    private func explained(_ error: KernelError, _ path: String) -> KernelError {
        var error = error
        let name = path.split(separator: "/").last ?? ""
        if error.errno == .exists {
            error.reason = "something is pinned there"
            error.remedy = "unpin it first, or pin at another path"
        } else if name.contains(".") {
            error.reason = "names in a BPF file system have no dots"
            error.remedy = "pin at another path"
        } else if system.isBPFFileSystem(Self.parent(of: path)) == false {
            error.reason = "\(Self.parent(of: path)) is not in a BPF file system"
            error.remedy = "pin below /sys/fs/bpf, or mount one: mount -t bpf bpf DIRECTORY"
        }
        return error
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[..<slash])
    }
}

extension SystemCalls {
    /// Takes a pin away; what was pinned stays as long as somebody else holds it.
    ///
    /// - Throws: the kernel's error number; `ENOENT` if nothing is pinned there.
    public func unpin(_ path: String) throws(KernelErrno) { try unlink(path, flags: 0) }

    /// Removes an empty directory (`AT_REMOVEDIR`).
    func removeDirectory(_ path: String) throws(KernelErrno) { try unlink(path, flags: 0x200) }

    private func unlink(_ path: String, flags: Int) throws(KernelErrno) {
        var memory = CallMemory()
        let name = memory.string(path)
        try call(.unlink, Self.fromWorkingDirectory, Int(name), flags)
        memory.keep()
    }

    /// Makes a directory for its owner only.
    func makeDirectory(_ path: String) throws(KernelErrno) {
        var memory = CallMemory()
        let name = memory.string(path)
        try call(.makeDirectory, Self.fromWorkingDirectory, Int(name), 0o700)
        memory.keep()
    }

    /// Whether a directory is in a BPF file system; `nil` if that cannot be found out.
    func isBPFFileSystem(_ path: String) -> Bool? {
        let magic: UInt64 = 0xcafe_4a11
        var memory = CallMemory()
        let name = memory.string(path)
        let status = memory.buffer(count: 256)
        guard (try? call(.fileSystemStatus, Int(name), Int(status))) != nil else { return nil }
        return memory.numbers(UInt64.self, of: status, count: 1).first == magic
    }

    /// `AT_FDCWD`.
    private static let fromWorkingDirectory = -100
}
