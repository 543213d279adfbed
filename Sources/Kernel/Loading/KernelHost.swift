import EBPFBytecode
public import EBPFObjectFile
public import EBPFTypeFormat

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
        /// The kernel's types for CO-RE, where the kernel itself shows none; `nil` for its own.
        public var types: BTF?
        /// What the verifier is to write down of each program, also of those it accepts
        /// (`log_level`): 1 the instructions, 2 all states, 4 statistics; 0 for nothing.
        ///
        /// A program that is refused is tried again with level 1 at least.
        public var logLevel: UInt32
        /// The greatest log in bytes; of longer ones the kernel keeps the end.
        public var logLimit: Int

        /// The usual directory, `/sys/fs/bpf`, the kernel's own types, and no logs.
        public init(
            pinDirectory: String = "/sys/fs/bpf", types: BTF? = nil, logLevel: UInt32 = 0,
            logLimit: Int = 16 << 20
        ) {
            self.pinDirectory = pinDirectory
            self.types = types
            self.logLevel = logLevel
            self.logLimit = logLimit
        }
    }

    /// How objects are loaded.
    public var options: Options
    /// The way to the kernel.
    public let system: SystemCalls
    /// The kernel's types.
    public let types: KernelTypes

    /// A host for the kernel that this process runs on.
    public init(_ options: Options = Options(), system: SystemCalls = .linux) {
        self.options = options
        self.system = system
        types = system.isSubstitute ? KernelTypes(system: system) : .shared
    }

    /// Creates an object's maps, fills them, and loads its programs.
    ///
    /// Nothing is attached yet.
    ///
    /// - Parameters:
    ///   - specs: the object.
    ///   - targets: for programs that replace or trace functions of other programs, those others,
    ///     by the name of the new program; the function is the section's target.
    ///   - maps: maps of the kernel that take the place of the object's, by their names there. They
    ///     must be of the same shape; what they hold stays.
    /// - Throws: ``LoadFailure``, naming the map or program; nothing stays in the kernel then.
    public func load(
        _ specs: ObjectSpecs, targets: [String: KernelProgram] = [:],
        maps: [String: KernelMap] = [:]
    ) throws(LoadFailure) -> KernelObject {
        var loader = KernelObjectLoader(
            host: self, specs: specs, targets: targets, given: maps)
        return try loader.load()
    }

    /// Loads an object whose extension programs (`freplace/FUNCTION`) replace functions of another
    /// program.
    ///
    /// - Throws: ``LoadFailure`` as ``load(_:targets:maps:)`` does.
    public func load(
        _ specs: ObjectSpecs, replacing target: KernelProgram
    ) throws(LoadFailure) -> KernelObject {
        let extensions = specs.programs.values.filter { $0.type == .programExtension }
        return try load(
            specs,
            targets: Dictionary(extensions.map { ($0.name, target) }) { first, _ in first })
    }
}
