import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf struct-ops register`: operations that the kernel uses from now on.
struct StructOperationsRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Loads an object and registers its operations; they stay.",
        discussion: """
            Those of the section .struct_ops.link are held by links: --pin keeps each under its name
            below a directory. Those of .struct_ops stay until `ebpf struct-ops unregister`.
            """)

    @Argument(help: ArgumentHelp("An object file, or C source.", valueName: "object"))
    var file: String

    @Option(
        name: .customLong("pin"),
        help: ArgumentHelp("A directory of the BPF file system.", valueName: "directory"))
    var directory: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var building: BuildOptions

    func run() async throws {
        guard case .object(let specs, _) = try await ProgramFile.read(file, building: building)
        else { throw Failure(message: "\(file): this is bytecode; operations are in objects") }
        let names = try self.names(specs)
        let object = try KernelHost().load(specs)
        var links = Links()
        for name in names { links.add(try object.attachStructOperations(name), named: name) }
        try links.persist { name in
            directory.map { KernelObject.path(of: name, in: $0) }
        }
        report(names.compactMap { object.maps[$0] })
    }

    /// The operations of the object, if they can stay.
    private func names(_ specs: ObjectSpecs) throws -> [String] {
        let maps = specs.maps.values.filter { $0.type == .structOperations }
        guard !maps.isEmpty else {
            throw Failure(
                message: "\(file): no operations (sections .struct_ops, .struct_ops.link)")
        }
        if directory == nil, let linked = maps.first(where: { $0.flags.contains(.link) }) {
            throw Failure(
                message: "a link holds \(linked.name), and ends with this command: say with --pin "
                    + "where to keep it")
        }
        return maps.map(\.name)
    }

    private func report(_ maps: [KernelMap]) {
        guard json else {
            for map in maps { Terminal.say("registered \(map.shape.name) (map \(map.shape.id))") }
            return
        }
        Terminal.say(
            JSONValue.array(
                maps.map { map in
                    .object([
                        .init("map", .integer(Int128(map.shape.id))),
                        .init("name", .string(map.shape.name)),
                        .init(
                            "pin",
                            directory.flatMap { directory in
                                map.shape.flags.contains(.link)
                                    ? .string(KernelObject.path(of: map.shape.name, in: directory))
                                    : nil
                            } ?? .null),
                    ])
                }
            ).indented)
    }
}

/// `ebpf struct-ops unregister`: operations that the kernel uses no longer.
struct StructOperationsUnregisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unregister",
        abstract: "Ends operations, whoever registered them; a pin of their link stays, of no use.")

    @Argument(help: ArgumentHelp("A number, a name, or the path of a pin.", valueName: "map"))
    var reference: MapReference

    func run() throws {
        let map = try reference.openOperations()
        guard map.shape.flags.contains(.link) else { return try map.unregisterStructOperations() }
        guard let link = try OperationsLinks()[map.shape.id] else {
            throw Failure(message: "\(map) is not registered: no link holds it")
        }
        try OpenLink(id: link).detach()
    }
}
