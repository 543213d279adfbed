public import EBPFObjectFile

/// Loads eBPF programs into the running Linux kernel.
///
/// ```swift
/// let object = try KernelHost().load(ObjectFile(contentsOf: "counter.bpf.o").specs())
/// let counts = object.maps["counts"]
/// ```
///
/// It takes the same specs as the user-space host.
public struct KernelHost: Sendable {
    /// How objects are loaded.
    public struct Options: Sendable {
        /// Where maps that are shared by name are looked for and pinned (`LIBBPF_PIN_BY_NAME`).
        public var pinDirectory: String

        /// The usual directory, `/sys/fs/bpf`.
        public init(pinDirectory: String = "/sys/fs/bpf") {
            self.pinDirectory = pinDirectory
        }
    }

    /// How objects are loaded.
    public var options: Options
    /// The way to the kernel.
    public let system: SystemCalls

    /// A host for the kernel that this process runs on.
    public init(_ options: Options = Options(), system: SystemCalls = .linux) {
        self.options = options
        self.system = system
    }

    /// Creates an object's maps, fills them, and loads its programs.
    ///
    /// Nothing is attached yet.
    ///
    /// - Throws: ``LoadFailure``, naming the map or program; nothing stays in the kernel then.
    public func load(_ specs: ObjectSpecs) throws(LoadFailure) -> KernelObject {
        var loader = KernelObjectLoader(host: self, specs: specs)
        return try loader.load()
    }
}
