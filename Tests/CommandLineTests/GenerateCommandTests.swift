import EBPFHooks
import EBPFKernel
import Foundation
import Testing

/// `ebpf generate`: what is written compiles, and names what there is.
@Suite(.enabled("the kernel shows its types") { KernelTypes.areReadable })
struct GenerateCommandTests {
    private static let mayReadTracefs = (try? Tracefs().groups()) != nil

    private static let format = """
        name: sched_process_exec
        ID: 365
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:__data_loc char[] filename;\toffset:8;\tsize:4;\tsigned:0;
        \tfield:pid_t pid;\toffset:12;\tsize:4;\tsigned:1;
        """

    @Test func `a struct comes from the text of another machine`() async throws {
        let workspace = try Workspace()
        let format = try workspace.file("format", Self.format)
        let session = await Session.run(
            "generate", "tracepoint", "sched:sched_process_exec", "--format", format)
        #expect(session.output.hasPrefix("import EBPFProgram\n\n/// What the tracepoint"))
        #expect(session.output.contains("    var filename: DataLocation\n"))
        let json = await Session.run(
            "generate", "tracepoint", "sched/sched_process_exec", "--format", format, "--json")
        let fields = json.json["fields"] as? [[String: Any]] ?? []
        #expect(fields.map { $0["name"] as? String } == ["filename", "pid"])
        #expect(fields.map { $0["offset"] as? Int } == [8, 12])
        #expect(json.json["type"] as? String == "SchedProcessExec")
    }

    @Test(.enabled("tracefs can be read") { mayReadTracefs })
    func `every tracepoint of the kernel has a form in Swift`() throws {
        let tracefs = try Tracefs()
        var count = 0
        // Those of system calls, hundreds, are all alike.
        for group in try tracefs.groups() where group != "syscalls" {
            for name in try tracefs.tracepoints(in: group) {
                let format = try tracefs.format(ofTracepoint: name, in: group)
                let end = format.fields.map { $0.offset + $0.byteCount }.max() ?? 8
                #expect(end < 65536 && format.swiftDeclaration.hasSuffix("}\n"), "\(group):\(name)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    @Test(
        .enabled("tracefs can be read") { mayReadTracefs },
        arguments: [
            ("sched:sched_process_exce", "did you mean sched:sched_process_exec?"),
            ("sche:sched_switch", "did you mean sched?"),
        ])
    func `an unknown tracepoint is answered with the closest name`(
        _ name: String, _ suggestion: String
    ) async {
        let session = await Session.run("generate", "tracepoint", name)
        #expect(session.exitCode == 2)
        #expect(session.errors.contains(suggestion), "\(session.errors)")
    }

    @Test(arguments: [
        (["generate", "tracepoint", "sched"], "a tracepoint has a group and a name"),
        (["generate", "raw-tracepoint", "sched_swich"], "did you mean \"sched_switch\"?"),
        (["generate", "struct", "task_strukt"], "did you mean \"task_struct\"?"),
    ])
    func `what there is not is refused`(_ arguments: [String], _ message: String) async {
        let session = await Session.run(arguments)
        #expect(session.exitCode == 2)
        #expect(session.errors.contains(message), "\(session.errors)")
    }

    @Test(.enabled("a Swift toolchain is here") { hasClang })
    func `a program that uses what was generated compiles`() async throws {
        let workspace = try Workspace()
        let format = try workspace.file("format", Self.format)
        let tracepoint = await Session.run(
            "generate", "tracepoint", "sched:sched_process_exec", "--format", format)
        let arguments = await Session.run("generate", "raw-tracepoint", "sched_process_exec")
        let fields = await Session.run("generate", "struct", "task_struct")
        #expect(arguments.output.contains("var p: KernelPointer<Task> {"), "\(arguments.output)")
        #expect(fields.output.contains("var realParent: KernelPointer<Task> {"))
        let program = """

            let files = RingBuffer<FixedString<64>>(byteCount: 4096)
            let parents = HashMap<Int32, Int32>(maxEntries: 64)

            @section("tracepoint/sched/sched_process_exec") @used
            func onExec(_ context: TracepointContext<SchedProcessExec>) -> Int32 {
                guard let record = files.reserve() else { return 0 }
                record.event.readKernelString(at: context.address(of: context.fields.filename))
                record.submit()
                return 0
            }

            @section("raw_tp/sched_process_exec") @used
            func onRawExec(_ context: RawTracepointContext) -> Int32 {
                let task = SchedProcessExecArguments(context: context).p
                parents.update(task.pid, task.realParent.tgid)
                return 0
            }
            """
        let source = try workspace.file(
            "program.swift", tracepoint.output + arguments.output + fields.output + program)
        let built = await Session.run("build", source, "-o", "\(workspace.path)/program.o")
        #expect(built.exitCode == 0, "\(built.errors)")
        guard getuid() == 0 else { return }
        let loaded = await Session.run("prog", "load", "\(workspace.path)/program.o")
        #expect(loaded.exitCode == 0, "\(loaded.errors)")
    }
}
