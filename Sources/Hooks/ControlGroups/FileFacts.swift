import EBPFBytecode
import EBPFKernel

extension SystemCalls {
    /// The magic number of the file system that a path is in (statfs(2)).
    func fileSystemKind(of path: String) throws(KernelErrno) -> UInt64 {
        var memory = CallMemory()
        let name = memory.string(path)
        let size = 120
        let answer = memory.buffer(count: size)
        try call(.fileSystemStatus, Int(name), Int(answer))
        return Self.number(memory.contents(of: answer, count: 8))
    }

    /// The number of an open file or directory in its file system (statx(2)).
    func inode(of descriptor: borrowing Descriptor) throws(KernelErrno) -> UInt64 {
        let (emptyPath, inodeMask) = (0x1000, 0x100)
        let (size, inodeOffset) = (256, 32)
        var memory = CallMemory()
        let name = memory.string("")
        let answer = memory.buffer(count: size)
        try call(
            .extendedStatus, Int(descriptor.number), Int(name), emptyPath, inodeMask, Int(answer))
        return Self.number(
            memory.contents(of: answer, count: size).dropFirst(inodeOffset).prefix(8))
    }

    private static func number(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        // The kernel's numbers are the host's; hosts that run Linux and Swift are little-endian.
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
