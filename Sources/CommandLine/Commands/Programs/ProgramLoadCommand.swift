import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf prog load`: the programs of an object in the kernel, kept by pins.
struct ProgramLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Loads the programs of an object; with --pin they stay.",
        discussion: """
            ebpf prog load filter.bpf.o --pin /sys/fs/bpf/filter
            ebpf prog load filter.bpf.c --program drop --set port=53 --pin /sys/fs/bpf/filter
            ebpf prog load code.s --type xdp --pin /sys/fs/bpf/code
            ebpf prog load filter.bpf.o --map flows=/sys/fs/bpf/flows --pin /sys/fs/bpf/filter
            ebpf prog load rx-hash.bpf.o --interface eth0 --pin /sys/fs/bpf/rx-hash

            Below the directory, each program and map is pinned under its name. Without --pin nothing
            stays: the command only tells whether the kernel takes the programs. Nothing is attached.
            """)

    @Argument(help: "C source, an object, assembly (.s) or raw bytecode.")
    var file: String

    @Option(
        name: .customLong("pin"),
        help: ArgumentHelp("A directory of the BPF file system.", valueName: "directory"))
    var directory: String?

    @Option(
        name: .customLong("program"),
        help: ArgumentHelp("Only this program, and those it needs.", valueName: "name"))
    var programs: [String] = []

    @Option(
        help: ArgumentHelp("The kind of programs whose section does not say it.", valueName: "type")
    )
    var type: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a global variable a value.", valueName: "variable=value"))
    var settings: [String] = []

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "Use a map of the kernel in the place of the object's.", valueName: "name=map"))
    var maps: [String] = []

    @Option(
        help: ArgumentHelp(
            "Load XDP programs for this interface alone, so that they may ask what it knows.",
            valueName: "name"))
    var interface: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup
    var building: BuildOptions

    func run() async throws {
        let specs = try edited(try await ProgramFile.read(file, building: building))
        let object = try KernelHost().load(specs, maps: try givenMaps(specs))
        if let directory { try object.pin(in: directory) }
        for warning in object.warnings { Terminal.complain("warning: \(warning)") }
        let report = LoadReport(object, pinnedIn: directory)
        Terminal.say(json ? report.json.indented : report.lines.joined(separator: "\n"))
    }

    /// The maps that `--map` names, by the names that they have in the object.
    private func givenMaps(_ specs: ObjectSpecs) throws -> [String: KernelMap] {
        var given: [String: KernelMap] = [:]
        for text in maps {
            guard let equals = text.firstIndex(of: "="),
                let reference = MapReference(argument: String(text[text.index(after: equals)...]))
            else { throw Failure(message: "--map \(text): write NAME=MAP, a number or a pin") }
            let name = String(text[..<equals])
            guard specs.maps[name] != nil else {
                let names = Choice("map", specs.maps.keys)
                throw Failure(message: "--map \(text): \(names.unknown(name))")
            }
            given[name] = try reference.open()
        }
        return given
    }

    private func edited(_ content: ProgramFile) throws -> ObjectSpecs {
        var specs: ObjectSpecs
        switch content {
        case .object(let object, _): specs = object
        case .bytecode(let instructions):
            let spec = ProgramSpec(name: "program", type: .unspecified, instructions: instructions)
            specs = ObjectSpecs(name: file, programs: ["program": spec], license: "GPL")
        }
        if let type { specs.retype(try ProgramType(commandLine: type)) }
        try specs.set(settings)
        for name in programs where specs.programs[name] == nil {
            throw Failure(message: specs.unknownProgram(name, in: file))
        }
        if !programs.isEmpty {
            for name in specs.programs.keys {
                specs.programs[name]?.autoload = programs.contains(name)
            }
        }
        if let interface {
            for (name, spec) in specs.programs where spec.type == .xdp {
                try specs.programs[name]?.bind(to: .name(interface))
            }
        }
        if let untyped = specs.programs.values.first(where: {
            $0.autoload && $0.type == .unspecified
        }) {
            throw Failure(
                message: "\(file): say with --type what kind of program \(untyped.name) is")
        }
        return specs
    }
}

extension ProgramType {
    /// The kind that an option names.
    init(commandLine name: String) throws {
        guard let type = Self.allCases.first(where: { $0.name == name }) else {
            let types = Choice("program type", Self.allCases.dropFirst().map(\.name))
            throw Failure(message: "--type: \(types.unknown(name))")
        }
        self = type
    }
}

/// What was loaded, and where it is pinned.
private struct LoadReport {
    private let object: KernelObject
    private let directory: String?

    init(_ object: KernelObject, pinnedIn directory: String?) {
        self.object = object
        self.directory = directory
    }

    private func pin(_ name: String) -> String? {
        directory.map { KernelObject.path(of: name, in: $0) }
    }

    private func pin(ofMap name: String) -> String? { object.sharedPins[name] ?? pin(name) }

    var lines: [String] {
        var table = TextTable(.left, .left, .left, .left)
        for program in object.programs.values {
            table.add(
                "program \(program.id)", program.name, program.type.name, pin(program.name) ?? "")
        }
        for (name, map) in object.maps {
            table.add("map \(map.shape.id)", name, map.shape.type.name, pin(ofMap: name) ?? "")
        }
        return table.lines(indent: 0)
    }

    var json: JSONValue {
        let programs = object.programs.values.map {
            row($0.id, $0.name, $0.type.name, pin($0.name))
        }
        let maps = object.maps.map {
            row($0.value.shape.id, $0.key, $0.value.shape.type.name, pin(ofMap: $0.key))
        }
        return .object([
            .init("programs", .array(programs)), .init("maps", .array(maps)),
            .init("warnings", .array(object.warnings.map { .string($0) })),
        ])
    }

    private func row(_ id: UInt32, _ name: String, _ type: String, _ pin: String?) -> JSONValue {
        .object([
            .init("id", .integer(Int128(id))), .init("name", .string(name)),
            .init("type", .string(type)), .init("pin", pin.map { .string($0) } ?? .null),
        ])
    }
}
