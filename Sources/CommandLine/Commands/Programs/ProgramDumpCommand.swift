import ArgumentParser
import EBPFBytecode
import EBPFCompilation
import EBPFKernel
import EBPFTypeFormat

/// `ebpf prog dump`: the code of a program as the kernel runs it.
struct ProgramDumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Shows a program's instructions or machine code, between its lines of source.",
        discussion: """
            ebpf prog dump xlated count_packets
            ebpf prog dump jited 17 --opcodes
            ebpf prog dump xlated 17 --file code.bin
            ebpf prog dump xlated 17 --graph | dot -Tsvg > code.svg

            xlated: the instructions as the verifier left them, with calls resolved and accesses
            rewritten. jited: the machine code, disassembled with the toolchain's llvm-objdump where
            there is one.
            """)

    /// Which code.
    enum Form: String, ExpressibleByArgument, CaseIterable { case xlated, jited }

    @Argument(help: "xlated (instructions) or jited (machine code).")
    var form: Form

    @OptionGroup var arguments: ProgramArguments

    @Flag(help: "Also show the bytes of each instruction.")
    var opcodes = false

    @Option(help: ArgumentHelp("Write the bytes to a file instead.", valueName: "file"))
    var file: String?

    @Flag(help: "Print the control-flow graph in the language of Graphviz (xlated).")
    var graph = false

    func validate() throws {
        guard !graph || form == .xlated else { throw ValidationError("--graph is for xlated") }
        guard !graph || !arguments.json else { throw ValidationError("--graph has no JSON") }
    }

    func run() async throws {
        let program = try arguments.reference.open()
        let source = try ProgramSource(program)
        if let file { return try OutputFile.write(bytes(of: source, program), to: file) }
        switch form {
        case .xlated:
            guard !source.code.instructions.isEmpty else { throw hidden(program) }
            let listing = TranslatedListing(program, source, showsBytes: opcodes)
            if graph { return Terminal.say(listing.graph) }
            say(listing.json, listing.lines)
        case .jited:
            guard !source.code.machineCode.isEmpty else { throw hidden(program) }
            let listing = try await MachineCodeListing(program, source, showsBytes: opcodes)
            if listing.isUnread {
                Terminal.complain("no llvm-objdump was found; the bytes are shown instead")
            }
            say(listing.json, listing.lines)
        }
    }

    private func say(_ json: JSONValue, _ lines: [String]) {
        Terminal.say(arguments.json ? json.indented : lines.joined(separator: "\n"))
    }

    private func bytes(of source: ProgramSource, _ program: KernelProgram) throws -> [UInt8] {
        let bytes =
            form == .jited
            ? source.code.machineCode
            : source.code.instructions.flatMap(\.bytes)
        guard !bytes.isEmpty else { throw hidden(program) }
        return bytes
    }

    private func hidden(_ program: KernelProgram) -> Failure {
        let details = try? program.details()
        if form == .jited, details?.isJITed != true {
            return Failure(message: "\(program) has no machine code: it is interpreted")
        }
        return Failure(
            message: "the kernel does not show the code of \(program): kernel.kptr_restrict or "
                + "net.core.bpf_jit_harden hides addresses from this process")
    }
}
