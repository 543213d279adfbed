public import ArgumentParser
import SystemPackage

/// The command `ebpf`.
public struct EBPFCommand: AsyncParsableCommand {
    /// Name, purpose and subcommands.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "ebpf",
            abstract: "Builds, inspects and runs eBPF programs, with no root and no kernel.",
            discussion: """
                ebpf run Examples/PacketCounter/packet-counter.bpf.c \\
                    --pcap Examples/Captures/lan.pcapng
                ebpf inspect program.bpf.o --disassemble
                ebpf build program.bpf.c -o program.bpf.o
                """,
            version: "0.1.0",
            subcommands: [
                InitCommand.self, BuildCommand.self, InspectCommand.self, VerifyCommand.self,
                ExplainCommand.self, RunCommand.self, EventsCommand.self, GenerateCommand.self,
                ProgramCommand.self, MapCommand.self, LinkCommand.self, NetworkCommand.self,
                TypesCommand.self, FeatureCommand.self, DoctorCommand.self, TopCommand.self,
                ControlGroupCommand.self, PerfCommand.self, IteratorCommand.self,
                StructOperationsCommand.self,
            ])
    }

    /// A command without arguments; it prints its help.
    public init() {}

    /// Runs the command that the process's arguments name, and ends the process.
    public static func runToEnd() async -> Never {
        Terminal.occupyStandardStreams()
        let code = await run(arguments: Array(CommandLine.arguments.dropFirst()))
        endProcess(code == 0 ? outputCode() : code)
    }

    /// 0 if all results reached standard output, or its reader had enough.
    private static func outputCode() -> Int32 {
        guard let failure = Terminal.outputFailure, failure != .brokenPipe else { return 0 }
        Terminal.complain("ebpf: writing the output: \(failure)")
        return Failure.unusableInput
    }

    /// Runs a command and returns its exit code.
    ///
    /// Exit codes: 0 for success, also if the user ended by Ctrl-C what goes on until then, 1 for a
    /// program that failed, 2 for input that cannot be used, 64 for arguments that make no sense.
    static func run(arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments.flatMap(separated))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let failure as Failure {
            Terminal.complain("ebpf: \(failure.message)")
            return failure.exitCode
        } catch let verdict as ExitCode {
            return verdict.rawValue
        } catch {
            return explain(error)
        }
    }

    /// `-DNAME=VALUE` and `-Idirectory` as compilers take them, in the parser's form.
    private static func separated(_ argument: String) -> [String] {
        guard argument.hasPrefix("-D") || argument.hasPrefix("-I"), argument.count > 2
        else { return [argument] }
        return [String(argument.prefix(2)), String(argument.dropFirst(2))]
    }

    /// Says what is wrong; what the parser of arguments throws, it also explains.
    private static func explain(_ error: any Error) -> Int32 {
        let code = exitCode(for: error)
        switch code {
        case .success:
            Terminal.say(fullMessage(for: error))
            return 0
        case .validationFailure:
            Terminal.complain(fullMessage(for: error))
        default:
            Terminal.complain("ebpf: \(error)")
            return Failure.unusableInput
        }
        return code.rawValue
    }
}

/// An end of a command that is not success, with what to tell the user.
struct Failure: Error {
    /// Input that cannot be used.
    static let unusableInput: Int32 = 2
    /// A program that was stopped.
    static let programFailed: Int32 = 1

    let message: String
    var exitCode: Int32 = unusableInput
}
