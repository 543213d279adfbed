import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Gives the variables of the kernel's configuration their values (`extern … __kconfig`).
struct ConfigurationVariables {
    private let types: KernelTypes
    private let system: SystemCalls
    private var configuration: Result<KernelConfiguration, KernelError>?

    init(types: KernelTypes, system: SystemCalls) { (self.types, self.system) = (types, system) }

    /// Sets all that nobody has set before.
    ///
    /// A weak one that the kernel does not know stays 0.
    mutating func fill(_ specs: inout ObjectSpecs) throws(LoadFailure) {
        for (name, variable) in specs.variables
        where variable.isExternal && variable.bytes.allSatisfy({ $0 == 0 }) {
            guard let bytes = try bytes(of: variable, specs.types),
                bytes.count == variable.size
            else { continue }
            try? specs.variables[name]?.set(bytes: bytes)
        }
    }

    private mutating func bytes(
        of variable: VariableSpec, _ types: BTF?
    ) throws(LoadFailure) -> [UInt8]? {
        let name = variable.name
        guard let value = try value(of: name, isWeak: variable.isWeak) else { return nil }
        guard let types, let type = variable.type else { return nil }
        let shape: ConfigurationShape?
        do throws(BTFError) { shape = try ConfigurationShape(type, in: types) } catch {
            throw .types(error)
        }
        guard let shape else {
            throw .configuration(
                variable: name,
                reason: "its type must be a number, bool, char, char[] or enum libbpf_tristate, "
                    + "not \(types.describe(type))")
        }
        guard let bytes = shape.bytes(value) else {
            throw .configuration(
                variable: name, reason: "its value \(value) does not fit into \(shape)")
        }
        return bytes
    }

    /// The value of a variable; `nil` if there is none and it may be 0.
    private mutating func value(
        of name: String, isWeak: Bool
    ) throws(LoadFailure) -> KernelConfiguration.Value? {
        if let probed = Self.probes[name] { return .number(Int128(probed(types, system))) }
        guard name.hasPrefix("CONFIG_") else {
            if isWeak { return nil }
            throw .configuration(
                variable: name,
                reason: "loaders know CONFIG_… and "
                    + Self.probes.keys.sorted().joined(separator: ", ")
                    + Spelling.suggestion(for: name, among: Self.probes.keys.sorted()))
        }
        let configuration: KernelConfiguration
        do throws(KernelError) {
            configuration = try read()
        } catch {
            if isWeak { return nil }
            throw .configuration(variable: name, reason: "\(error)")
        }
        if let value = configuration[name] { return value }
        if isWeak { return nil }
        throw .configuration(
            variable: name,
            reason: "\(configuration.path) does not set it"
                + Spelling.suggestion(for: name, among: configuration.names)
                + "; declare it __weak if 0 will do")
    }

    private mutating func read() throws(KernelError) -> KernelConfiguration {
        if let configuration { return try configuration.get() }
        let read = Result { () throws(KernelError) in try KernelConfiguration(system: system) }
        configuration = read
        return try read.get()
    }

    private typealias Probe = @Sendable (KernelTypes, SystemCalls) -> UInt32

    /// What is found out otherwise.
    private static let probes: [String: Probe] = [
        "LINUX_KERNEL_VERSION": { _, system in VersionCode(system: system).number },
        "LINUX_HAS_BPF_COOKIE": { _, system in
            let program = ProbeProgram(type: .tracepoint, [.call(.getAttachCookie), .exit])
            return program.loads(system) ? 1 : 0
        },
        "LINUX_HAS_SYSCALL_WRAPPER": { types, system in
            VersionCode.hasWrappers(types, system) ? 1 : 0
        },
    ]
}
