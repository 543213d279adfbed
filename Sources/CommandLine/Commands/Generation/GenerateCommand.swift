import ArgumentParser

/// `ebpf generate`: Swift sources for kernel programs, from what the running kernel has.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract:
            "Writes Swift for kernel programs: what tracepoints record, fields of the kernel.",
        subcommands: [
            GenerateTracepointCommand.self, GenerateRawTracepointCommand.self,
            GenerateStructCommand.self,
        ])
}

/// Where generated sources go.
struct GenerateOutput: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; the terminal if none.", valueName: "file"))
    var output: String?

    /// Writes a source.
    func write(_ text: String) throws {
        guard let output else { return Terminal.say(text) }
        try OutputFile.write(Array(text.utf8), to: output)
    }
}
