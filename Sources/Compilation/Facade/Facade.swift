import EBPFBytecode
public import EBPFObjectFile

/// Writes the Swift source through which an application uses a kernel program: its programs with
/// their kinds, its maps with the types of their keys and values, its configuration.
///
/// ```swift
/// let snoop = try ExecSnoop.load(on: .kernel)
/// let link = try snoop.onExecve.attach()
/// for try await event in snoop.events.events { print(event.pid) }
/// ```
public struct Facade: Sendable {
    /// The name of the type to be written.
    public var name: String
    /// The module of the kernel program, which has the types of keys, values and events.
    public var module: String

    /// A façade of a name for a module.
    public init(name: String, module: String) {
        self.name = name
        self.module = module
    }

    /// The source.
    ///
    /// - Parameter program: a compiled Swift program.
    /// - Throws: ``ObjectFileError`` if its bytes are not an object.
    public func source(for program: CompiledProgram) throws(ObjectFileError) -> String {
        let specs = try ObjectFile(program.bytes, name: name).specs()
        let programs = specs.programs.values.map { ($0.name, Self.kind(of: $0)) }
        let maps = program.declarations.filter { $0.role == .map }
        let settings = program.declarations.filter { $0.role == .configuration }
        let variables = program.declarations.filter { $0.role == .variable }
        var lines = heading
        lines += settings.isEmpty ? [] : configuration(settings)
        lines.append("    /// What is loaded, for what has no member here.")
        lines.append("    let object: LoadedObject")
        for (name, kind) in programs {
            lines += ["    /// The program `\(name)`.", "    let \(name): \(kind)"]
        }
        for map in maps {
            lines += [
                "    /// The map `\(map.name)`.", "    let \(map.name): \(map.applicationType)",
            ]
        }
        for variable in variables {
            lines += [
                "    /// The variable `\(variable.name)`.",
                "    let \(variable.name): GlobalVariable<\(variable.type)>",
            ]
        }
        lines += opening(programs, maps, variables) + loading(settings)
        lines += ["", "    private static let image: StaticString ="]
        lines.append("        \"\(Base64.text(program.bytes))\"")
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What stands in the way of using a program: types of keys, values and events that are not
    /// public, or not plain bytes.
    ///
    /// - Parameter sources: the paths of the kernel program's files.
    public func diagnostics(
        for program: CompiledProgram, sources: [String]
    ) -> [CompilerDiagnostic] {
        SharedTypes(
            sources.map { path in
                let bytes = (try? FileSystem.read(path)) ?? []
                return (path, String(decoding: bytes, as: UTF8.self))
            }
        ).diagnostics(program.declarations)
    }

    /// Writes the source into a file, which is replaced as a whole or not at all.
    ///
    /// - Parameter program: a compiled Swift program.
    /// - Throws: ``ObjectFileError`` if its bytes are not an object,
    ///   ``CompilationError/cannotWrite(path:reason:)``.
    public func write(_ program: CompiledProgram, to path: String) throws {
        let source = try source(for: program)
        do { try FileSystem.writeAtomically([UInt8](source.utf8), to: path) } catch {
            throw CompilationError.cannotWrite(path: error.path, reason: error.reason)
        }
    }

    private var heading: [String] {
        [
            "// Made by the plug-in CompileEBPF from the kernel program \(module); changes are lost.",
            "import EBPF", "import \(module)", "",
            "/// The kernel program of the module `\(module)`, loaded.",
            "struct \(name): Sendable {",
        ]
    }

    private func configuration(_ settings: [KernelDeclaration]) -> [String] {
        var lines = [
            "    /// What can be set before the program is loaded; `nil` leaves what the source says.",
            "    struct Configuration: Sendable {",
        ]
        for setting in settings {
            lines += [
                "        /// The value of `\(setting.name)`.",
                "        var \(setting.name): \(setting.type)?",
            ]
        }
        lines += ["        /// Everything as the source says.", "        init() {}", "    }", ""]
        return lines
    }

    private func opening(
        _ programs: [(String, String)], _ maps: [KernelDeclaration],
        _ variables: [KernelDeclaration]
    ) -> [String] {
        var lines = [
            "", "    private init(_ object: LoadedObject) throws {", "        self.object = object",
        ]
        for (name, kind) in programs {
            lines.append("        \(name) = try object.program(\"\(name)\", as: \(kind).self)")
        }
        for map in maps {
            lines.append(
                "        \(map.name) = try object.map(\"\(map.name)\", as: \(map.applicationType).self)"
            )
        }
        for variable in variables {
            lines.append(
                "        \(variable.name) = try object.variable(\"\(variable.name)\", "
                    + "as: \(variable.type).self)")
        }
        return lines + ["    }", ""]
    }

    private func loading(_ settings: [KernelDeclaration]) -> [String] {
        let parameter =
            settings.isEmpty ? "" : ", configuration: Configuration = Configuration()"
        var lines = [
            "    /// Loads the program into this process or into the kernel; nothing is attached yet.",
            "    static func load(",
            "        on host: EBPF.Host = .kernel\(parameter)",
            "    ) throws -> \(name) {",
            "        \(settings.isEmpty ? "let" : "var") specs = try specs()",
        ]
        for setting in settings {
            lines += [
                "        if let value = configuration.\(setting.name) {",
                "            try specs.variables[\"\(setting.name)\"]?.set(bytesOf: value)",
                "        }",
            ]
        }
        return lines + [
            "        return try \(name)(host.load(specs))", "    }", "",
            "    /// What the program describes, to be edited before it is loaded.",
            "    static func specs() throws -> ObjectSpecs {",
            "        try ObjectFile(base64: image, name: \"\(module)\").specs()", "    }",
        ]
    }

    /// The type of `EBPF` that a program is opened as.
    private static func kind(of program: ProgramSpec) -> String {
        let traces: Set<AttachType> = [
            .traceRawTracepoint, .traceFunctionEntry, .traceFunctionExit, .modifyReturn,
        ]
        if program.type == .tracing {
            guard let attachType = program.attachType, traces.contains(attachType)
            else { return "IteratorProgram" }
            return "TracingProgram"
        }
        if program.type == .kprobe, let section = SectionName(legacy: program.section) {
            if section.definition.name.hasPrefix("u") {
                return section.definition.name.hasPrefix("usdt") ? "USDTProgram" : "UprobeProgram"
            }
        }
        return kinds[program.type] ?? "AnyProgram"
    }

    private static let kinds: [ProgramType: String] = [
        .xdp: "XDPProgram", .schedulerClassifier: "SchedulerClassifierProgram",
        .socketFilter: "SocketFilterProgram", .kprobe: "KprobeProgram",
        .tracepoint: "TracepointProgram", .rawTracepoint: "RawTracepointProgram",
        .perfEvent: "PerfEventProgram", .cgroupSKB: "CgroupSKBProgram",
        .cgroupSocket: "CgroupSocketProgram", .cgroupSocketAddress: "CgroupSocketAddressProgram",
        .cgroupSocketOption: "CgroupSocketOptionProgram", .cgroupSysctl: "CgroupSysctlProgram",
        .cgroupDevice: "CgroupDeviceProgram", .lsm: "LSMProgram",
        .programExtension: "ExtensionProgram", .flowDissector: "FlowDissectorProgram",
        .netfilter: "NetfilterProgram", .socketLookup: "SocketLookupProgram",
        .syscall: "SyscallProgram",
    ]
}
