public import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile
public import Testing

/// What tests need of the real kernel. A test without it is skipped, and says why.
public enum LiveKernel {
    /// Whether this process may load programs: tried, not guessed.
    public static let mayLoadPrograms =
        (try? map(.array, key: 4, value: 4, entries: 1)) != nil
}

extension Trait where Self == ConditionTrait {
    /// The test runs where bpf(2) works: on Linux, as root.
    public static var liveKernel: Self {
        .enabled("bpf(2) works here (needs Linux and root)") { LiveKernel.mayLoadPrograms }
    }
}

extension LiveKernel {
    /// Loads a program written in assembly.
    public static func program(
        _ type: ProgramType, _ assembly: String
    ) throws -> KernelProgram {
        let instructions = try Assembler().assemble(assembly)
        let spec = ProgramSpec(name: "test", type: type, instructions: instructions)
        let object = try KernelHost().load(ObjectSpecs(programs: ["test": spec], license: "GPL"))
        return try #require(object.programs["test"])
    }
}
