import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import Synchronization

/// A program in assembly, loaded into a host of its own.
///
/// Helpers are called by name (`call bpf_loop`), kernel functions too; `r1 = counts ll` names a map,
/// and for a map with contents the first byte of its value.
struct TestProgram {
    let host: UserSpaceHost
    let object: UserSpaceObject
    let program: UserSpaceProgram
    let output: Output

    /// What programs print and the host reports.
    final class Output: Sendable {
        private let state = Mutex((lines: [String](), reports: [String]()))

        var lines: [String] { state.withLock { $0.lines } }
        var reports: [String] { state.withLock { $0.reports } }

        func add(line: String) { state.withLock { $0.lines.append(line) } }
        func add(report: String) { state.withLock { $0.reports.append(report) } }
    }

    /// - Parameters:
    ///   - text: the program `main`.
    ///   - others: programs for prog arrays, by name.
    ///   - kernelFunctions: the names of kernel functions that any of them calls.
    init(
        _ text: String,
        type: ProgramType = .unspecified,
        attachType: AttachType? = nil,
        maps: [MapSpec] = [],
        others: [String: String] = [:],
        kernelFunctions: [String] = [],
        lines: [LineInfo] = [],
        functions: [Int: String] = [:],
        clock: Clock = .virtual(),
        budget: Int = 1 << 24,
        cpuCount: Int = 2,
        verification: VerificationPolicy = .never
    ) throws {
        let output = Output()
        host = UserSpaceHost(
            .init(
                cpuCount: cpuCount,
                clock: clock,
                seed: 1,
                budget: budget,
                process: ProcessIdentity(
                    process: 100,
                    thread: 101,
                    user: 7,
                    group: 8,
                    command: "a-long-command-name",
                    cgroup: 55
                ),
                verification: verification,
                trace: { output.add(line: $0.text) },
                log: { output.add(report: $0) }
            )
        )
        self.output = output
        let names = Names(maps: maps, kernelFunctions: kernelFunctions)
        var specs = ObjectSpecs(name: "test", license: "GPL")
        for map in maps { specs.maps[map.name] = map }
        var main = try names.assemble("main", text, type)
        main.attachType = attachType
        main.lines = lines
        main.functions = functions.sorted { $0.key < $1.key }.map {
            FunctionInfo(slot: $0.key, name: $0.value, linkage: .global)
        }
        specs.programs["main"] = main
        for (name, text) in others { specs.programs[name] = try names.assemble(name, text, type) }
        object = try host.load(specs)
        guard let program = object.programs["main"] else { throw KernelErrno.noEntry }
        self.program = program
    }

    /// Runs `main` on memory that r1 points to and r2 counts; returns r0.
    @discardableResult
    func run(_ memory: [UInt8] = []) throws -> UInt64 { try program.run(memory: memory).returned }

    /// Runs `main` on memory and returns the memory after the run.
    func memory(after memory: [UInt8]) throws -> [UInt8] {
        try program.run(memory: memory).context
    }

    /// A map of the object.
    func map(_ name: String) throws -> Map {
        guard let map = object.maps[name] else { throw KernelErrno.noEntry }
        return map
    }
}

/// Turns names in assembly into references of a program's specification.
private struct Names {
    let maps: [MapSpec]
    let kernelFunctions: [String]

    /// Numbers that stand for kernel functions until their calls are found.
    private static let firstStandIn: Int32 = 1_000_000

    func assemble(
        _ name: String,
        _ text: String,
        _ type: ProgramType
    ) throws -> ProgramSpec {
        var assembler = Assembler()
        for helper in Helper.all {
            assembler.helpers["bpf_" + helper.name] = Int32(helper.id.rawValue)
        }
        for (index, function) in kernelFunctions.enumerated() {
            assembler.helpers[function] = Self.firstStandIn + Int32(index)
        }
        for (index, map) in maps.enumerated() {
            assembler.objects[map.name] = .mapIndex(Int32(index))
        }
        let instructions = try assembler.assemble(text)
        var spec = ProgramSpec(name: name, type: type, instructions: instructions)
        for (slot, instruction) in instructions.enumerated() {
            if let target = target(of: instruction) {
                spec.references.append(ProgramReference(slot: slot, target: target))
            }
        }
        return spec
    }

    private func target(of instruction: EncodedInstruction) -> ProgramReference.Target? {
        let index = Int(instruction.immediate)
        if instruction.opcode == 0x18, instruction.source == 5, maps.indices.contains(index) {
            let map = maps[index]
            return map.contents == nil ? .map(map.name) : .mapValue(map.name, offset: 0)
        }
        let function = index - Int(Self.firstStandIn)
        guard instruction.opcode == 0x85, kernelFunctions.indices.contains(function)
        else { return nil }
        return .kernelFunction(kernelFunctions[function], type: nil, isWeak: false)
    }
}

extension MapSpec {
    /// An array of values.
    static func array(
        _ name: String,
        valueSize: UInt32,
        maxEntries: UInt32 = 1,
        flags: MapFlags = []
    ) -> MapSpec {
        MapSpec(
            name: name,
            type: .array,
            keySize: 4,
            valueSize: valueSize,
            maxEntries: maxEntries,
            flags: flags
        )
    }

    /// A hash.
    static func hash(
        _ name: String,
        keySize: UInt32 = 4,
        valueSize: UInt32,
        maxEntries: UInt32 = 16
    ) -> MapSpec {
        MapSpec(
            name: name,
            type: .hash,
            keySize: keySize,
            valueSize: valueSize,
            maxEntries: maxEntries
        )
    }

    /// Read-only data, whose name in assembly stands for its first byte.
    static func constants(_ name: String, _ bytes: [UInt8]) -> MapSpec {
        MapSpec(
            name: name,
            type: .array,
            keySize: 4,
            valueSize: UInt32(bytes.count),
            maxEntries: 1,
            flags: .readOnlyForPrograms,
            contents: bytes,
            isFrozen: true
        )
    }
}

/// An integer's bytes in little-endian order.
func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// The 64-bit integer at an offset.
func word(_ bytes: [UInt8], at offset: Int = 0) -> UInt64 {
    bytes.dropFirst(offset).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
}
