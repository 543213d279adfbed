import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// What tracepoints record, from tracefs and from the kernel's types, and as Swift.
@Suite struct TracepointFormatTests {
    @Test func `fields come from the text of tracefs`() throws {
        let format = try TracepointFormat(
            group: "sched", name: "sched_process_exec", text: RecordedFormats.processExec)
        #expect(format.fields.map(\.name) == ["filename", "pid", "old_pid"])
        #expect(format.fields.map(\.offset) == [8, 12, 16])
        #expect(
            format.fields.map(\.declaration) == [
                "__data_loc char[] filename", "pid_t pid", "pid_t old_pid",
            ])
        #expect(format.fields.map(\.swiftType) == ["DataLocation", "Int32", "Int32"])
    }

    @Test func `a struct has its fields where the tracepoint has them`() throws {
        let execve = try TracepointFormat(
            group: "syscalls", name: "sys_enter_execve", text: RecordedFormats.enterExecve)
        #expect(
            execve.swiftDeclaration == """
                /// What the tracepoint `syscalls:sys_enter_execve` records.
                ///
                /// Programs: `@section("tracepoint/syscalls/sys_enter_execve") @used`, with an argument of
                /// `TracepointContext<SysEnterExecve>`.
                struct SysEnterExecve: BitwiseCopyable {
                    /// What all tracepoints record: type, flags, process.
                    var common: UInt64
                    /// `int __syscall_nr`
                    var syscallNr: Int32
                    /// `const char *filename`
                    var filename: UInt
                    /// `const char *const *argv`
                    var argv: UInt
                    /// `const char *const *envp`
                    var envp: UInt
                }

                """)
    }

    @Test(arguments: [
        (RecordedFormats.blockIssue, "rwbs", "FixedString<10>"),
        (RecordedFormats.blockIssue, "sector", "UInt64"),
        (RecordedFormats.blockIssue, "cmd", "DataLocation"),
        (RecordedFormats.tcpProbe, "saddr", "InlineArray<28, UInt8>"),
        (RecordedFormats.tcpProbe, "data_len", "UInt16"),
        (RecordedFormats.tcpProbe, "skbaddr", "UInt"),
        ("\tfield:bool on;\toffset:8;\tsize:1;\tsigned:0;", "on", "Bool"),
        (
            "\tfield:unsigned long bits[8];\toffset:8;\tsize:64;\tsigned:0;", "bits",
            "InlineArray<8, UInt64>"
        ),
        (
            "\tfield:char comm[TASK_COMM_LEN];\toffset:8;\tsize:16;\tsigned:0;", "comm",
            "FixedString<16>"
        ),
        (
            "\tfield:struct key key;\toffset:8;\tsize:12;\tsigned:0;", "key",
            "InlineArray<12, UInt8>"
        ),
        ("\tfield:u64 skewed;\toffset:12;\tsize:8;\tsigned:0;", "skewed", "InlineArray<8, UInt8>"),
        ("\tfield:u64 self;\toffset:16;\tsize:8;\tsigned:0;", "self", "UInt64"),
    ])
    func `a field has its form in Swift`(_ text: String, _ name: String, _ type: String) throws {
        let format = try TracepointFormat(group: "group", name: "name", text: text)
        #expect(format.fields.first { $0.name == name }?.swiftType == type)
    }

    @Test func `what Swift would put elsewhere gets a filler, and keywords get quotes`() throws {
        let text = """
            \tfield:u8 class;\toffset:8;\tsize:1;\tsigned:0;
            \tfield:u8 late;\toffset:12;\tsize:1;\tsigned:0;
            \tfield:u32 none[];\toffset:16;\tsize:0;\tsigned:0;
            """
        let source = try TracepointFormat(group: "group", name: "name", text: text).swiftDeclaration
        #expect(source.contains("var `class`: UInt8"))
        #expect(source.contains("private var filler9: InlineArray<3, UInt8>"))
        #expect(!source.contains("none"))
    }

    @Test(arguments: [
        "", "no fields", "\tfield:u8 x;\toffset:no;\tsize:1;", "\tfield:;\toffset:1;",
    ])
    func `what is no format is refused`(_ text: String) {
        let message = errorText {
            _ = try TracepointFormat(group: "sched", name: "sched_switch", text: text)
        }
        #expect(message.contains("reading the format of tracepoint sched:sched_switch"))
    }

    @Test(.enabled("the kernel shows its types") { KernelTypes.areReadable })
    func `the kernel's types tell the same as tracefs`() throws {
        let types = try KernelTypes.shared.vmlinux()
        for (group, name, text) in [
            ("sched", "sched_process_exec", RecordedFormats.processExec),
            ("tcp", "tcp_probe", RecordedFormats.tcpProbe),
        ] {
            guard let known = try TracepointFormat(group: group, name: name, types: types)
            else { continue }
            let format = try TracepointFormat(group: group, name: name, text: text)
            #expect(known.fields.map(\.name) == format.fields.map(\.name))
            #expect(
                known.swiftDeclaration.split(separator: "\n").filter { !$0.contains("///") }
                    == format.swiftDeclaration.split(separator: "\n").filter { !$0.contains("///") }
            )
        }
        #expect(try TracepointFormat(group: "a", name: "no_such", types: types) == nil)
    }
}
