import EBPFKernel
public import Testing

extension LiveKernel {
    /// A directory of a BPF file system for a test, empty before and gone after it.
    public static func withPinDirectory(_ body: (String) throws -> Void) throws {
        let directory = try makePinDirectory()
        defer { remove(directory) }
        try body(directory)
    }

    /// A directory of a BPF file system for a test that waits, empty before and gone after it.
    public static func withPinDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = try makePinDirectory()
        defer { remove(directory) }
        try await body(directory)
    }

    /// Whether there is a BPF file system that this process may change: tried, not guessed.
    public static let mayPin: Bool = (try? withPinDirectory { _ in }) != nil

    private static func makePinDirectory() throws -> String {
        let process = try SystemCalls.linux.call(.getProcessID)
        let directory = "/sys/fs/bpf/swift-ebpf-\(process)-\(UInt32.random(in: 0...UInt32.max))"
        try make(directory)
        return directory
    }

    private static func make(_ directory: String) throws {
        var memory = CallMemory()
        let name = memory.string(directory)
        try SystemCalls.linux.call(.makeDirectory, workingDirectory, Int(name), 0o700)
        memory.keep()
    }

    private static func remove(_ directory: String) {
        let system = SystemCalls.linux
        for name in (try? system.entries(ofDirectory: directory)) ?? [] {
            let path = directory + "/" + name
            if (try? system.unpin(path)) == nil { remove(path) }
        }
        let removeDirectory = 0x200
        var memory = CallMemory()
        let name = memory.string(directory)
        _ = try? system.call(.unlink, workingDirectory, Int(name), removeDirectory)
        memory.keep()
    }

    private static let workingDirectory = -100
}

extension Trait where Self == ConditionTrait {
    /// The test runs where something can be pinned in `/sys/fs/bpf`.
    public static var pinning: Self {
        .enabled("a BPF file system at /sys/fs/bpf can be written") { LiveKernel.mayPin }
    }
}
