import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification

/// `ebpf verify`: is each program safe, and if not, why not.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Says of each program whether it is safe, and if not, why and what to change.",
        discussion: """
            ebpf verify filter.bpf.o
            ebpf verify filter.bpf.c --program drop --kernel
            ebpf verify code.bin --type xdp
            ebpf verify filter.bpf.o --btf vmlinux-6.12.btf --json
            ebpf verify filter.bpf.o --as bpf,net_admin
            ebpf verify extension.bpf.o --target dispatcher.bpf.o:xdp_dispatcher

            No kernel and no root are needed. Types of the kernel are those of the running one, or of
            the file that --btf names. With --kernel the running kernel is asked, too: each program is
            loaded alone and is gone again at once; nothing is attached.

            Kernels let programs do less if whoever loads them may do less: --as root (everything), user
            (nothing), or what is there of bpf, perfmon, net_admin and sys_admin, with commas between. A
            service with CAP_BPF and CAP_NET_ADMIN is `--as bpf,net_admin`.

            Exit codes: 0 all programs are accepted, 1 some are rejected, 2 some could not be judged.
            """)

    @Argument(
        help: "C or Swift source, an object, an executable with objects, assembly or bytecode.")
    var file: String

    @Option(
        name: .customLong("program"),
        help: ArgumentHelp("Only this program; may be repeated.", valueName: "name"))
    var programs: [String] = []

    @Option(
        help: ArgumentHelp(
            "The kind of program, where the file does not say it: xdp, sched_cls, …",
            valueName: "type"))
    var type: String?

    @Option(
        help: ArgumentHelp(
            "How programs are loaded: strict-alignment, any-alignment, frequent-states, sleepable, "
                + "fragments, check-invariants, or the kernel's number; NAME=FLAGS for one of many.",
            valueName: "flags"))
    var flags: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a global variable a value.", valueName: "variable=value"))
    var settings: [String] = []

    @Option(
        help: ArgumentHelp(
            "The kernel's types: a BTF file, a vmlinux, or the name of a module.",
            valueName: "file"))
    var btf: String?

    @Option(
        help: ArgumentHelp(
            "What extensions (freplace) replace functions of; without a program, the first one that has "
                + "the function.", valueName: "file[:program]"))
    var target: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Who loads the programs: root, user, or capabilities with commas between.",
            valueName: "capabilities"))
    var loader = "root"

    @Option(
        help: ArgumentHelp(
            "Give up after so many instructions on all paths; a million is Linux's limit.",
            valueName: "instructions"))
    var limit = Verifier.Options().instructionLimit

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp(
            "Judge each program so often, and say the least time that it took.",
            valueName: "times"))
    var repetitions = 1

    @Flag(help: "Ask the running kernel, too, and show both verdicts and what they cost.")
    var kernel = false

    @Flag(help: "Show what each program cost, by line of source and by function.")
    var stats = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup
    var building: BuildOptions

    func run() async throws {
        var reports: [VerifyReport] = []
        let files = try await ProgramFile.readAll(file, building: building)
        var target: VerifyTarget?
        if let text = self.target { target = try await VerifyTarget(text, building: building) }
        let patience = VerifyPatience()
        let interruption = Interruption()
        let watcher = Task { if await interruption.value != nil { patience.end() } }
        defer { watcher.cancel() }
        for (name, content) in files {
            reports.append(try VerifySession(self, name: name, content, target).run(patience))
        }
        if json {
            let values = reports.map(\.json)
            Terminal.say((values.count == 1 ? values[0] : .array(values)).indented)
        } else {
            Terminal.say(reports.flatMap(\.lines).joined(separator: "\n"))
        }
        let exitCode = reports.map(\.exitCode).max() ?? 0
        if exitCode != 0 { throw ExitCode(exitCode) }
    }
}
