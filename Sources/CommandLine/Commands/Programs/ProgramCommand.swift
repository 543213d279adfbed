import ArgumentParser

/// `ebpf prog`: the programs of the running kernel.
struct ProgramCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prog",
        abstract: "Lists, loads, runs, measures and attaches the programs of the running kernel.",
        discussion: """
            ebpf prog list
            ebpf prog dump xlated count_packets
            ebpf prog load filter.bpf.o --pin /sys/fs/bpf/filter
            ebpf prog run 17 --packet ffffffffffff0200000000010800 --repeat 1000
            ebpf prog profile 17 --duration 5
            ebpf prog traps firewall

            PROGRAM is a number, a name, tag:DIGITS, or the path of a pin.
            """,
        subcommands: [
            ProgramListCommand.self, ProgramShowCommand.self, ProgramDumpCommand.self,
            ProgramLoadCommand.self, ProgramPinCommand.self, ProgramRunCommand.self,
            ProgramProfileCommand.self, ProgramTraceCommand.self, ProgramTrapsCommand.self,
            ProgramAttachCommand.self,
            ProgramDetachCommand.self,
        ])
}

/// What all commands about one program take.
struct ProgramArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var reference: KernelProgramReference

    @Flag(help: "Print JSON.")
    var json = false
}
