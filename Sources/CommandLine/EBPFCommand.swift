public import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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
            subcommands: [BuildCommand.self, InspectCommand.self, RunCommand.self])
    }

    /// A command without arguments; it prints its help.
    public init() {}

    /// Runs the command that the process's arguments name, and ends the process.
    ///
    /// Exit codes: 0 for success, 1 for a program that failed, 2 for input that cannot be used,
    /// 64 for arguments that make no sense.
    public static func runToEnd() async -> Never {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            endProcess(code.rawValue)
        } catch let failure as Failure {
            Terminal.complain("ebpf: \(failure.message)")
            endProcess(failure.exitCode)
        } catch {
            if exitCode(for: error) == .validationFailure || exitCode(for: error) == .success {
                exit(withError: error)
            }
            Terminal.complain("ebpf: \(error)")
            endProcess(Failure.unusableInput)
        }
        endProcess(0)
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
