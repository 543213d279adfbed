import ArgumentParser
import EBPFKernel

/// `ebpf prog pin`: a program that outlives its loader.
struct ProgramPinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "Keeps a program under a path of the BPF file system.")

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var reference: KernelProgramReference

    @Argument(help: "Where in the BPF file system.")
    var path: String

    func run() throws { try reference.open().pin(at: path) }
}
