import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import Testing

/// Who and where: the identity is that of ``ProcessIdentity``, as ``TestProgram`` gives it.
@Suite struct IdentityTests {
    static let cases: [(String, UInt64)] = [
        ("call bpf_get_current_pid_tgid", 100 << 32 | 101),
        ("call bpf_get_current_uid_gid", 8 << 32 | 7),
        ("call bpf_get_current_cgroup_id", 55),
        ("r1 = 0\ncall bpf_get_current_ancestor_cgroup_id", 1),
        ("r1 = 1\ncall bpf_get_current_ancestor_cgroup_id", 55),
        ("r1 = 2\ncall bpf_get_current_ancestor_cgroup_id", 0),
        ("r1 = -1\ncall bpf_get_current_ancestor_cgroup_id", 0),
        ("call bpf_get_numa_node_id", 0),
        ("call bpf_get_smp_processor_id", 0),
        ("call bpf_ktime_get_ns", 7_000_000),
        ("call bpf_ktime_get_boot_ns", 7_000_000),
        ("call bpf_ktime_get_coarse_ns", 7_000_000),
        ("call bpf_ktime_get_tai_ns", 7_000_000),
        ("call bpf_jiffies64", 7),
        ("call bpf_get_current_task_btf\nr0 = *(u64 *)(r0 + 1000)", 0),
        ("call bpf_get_current_task\nr1 = r0\ncall bpf_task_pt_regs\nr0 = *(u64 *)(r0 + 0)", 0),
        ("r1 = 0\ncall bpf_send_signal", UInt64(bitPattern: -22)),
        ("r1 = 9\ncall bpf_send_signal", UInt64(bitPattern: -1)),
        ("r1 = 65\ncall bpf_send_signal_thread", UInt64(bitPattern: -22)),
        ("call bpf_get_attach_cookie", 0),
        ("call bpf_get_func_ip", 0),
        ("r1 = 0\nr2 = 0\nr3 = 0\ncall bpf_sys_bpf", UInt64(bitPattern: -1)),
        ("r1 = 0\ncall bpf_sys_close", UInt64(bitPattern: -1)),
        ("r1 = 0\nr2 = 0\ncall bpf_per_cpu_ptr", 0),
        ("r2 = r1\nr3 = 8\nr4 = r1\ncall bpf_probe_write_user", UInt64(bitPattern: -1)),
    ]

    @Test(arguments: cases)
    func `a helper tells who runs the program`(text: String, result: UInt64) throws {
        let program = try TestProgram("\(text)\nexit", clock: .virtual(nanoseconds: 7_000_000))
        #expect(
            try program.program.run(memory: [0, 0, 0, 0, 0, 0, 0, 0], cpu: 0).returned == result
        )
    }

    @Test func `the task's name is cut to 15 bytes, and the rest cleared`() throws {
        let program = try TestProgram("r2 = 20\ncall bpf_get_current_comm\nexit")
        let memory = try program.memory(after: [UInt8](repeating: 9, count: 21))
        #expect(memory == Array("a-long-command-".utf8) + [0, 0, 0, 0, 0, 9])
    }

    @Test func `a namespace's identity takes a structure of 8 bytes`() throws {
        let program = try TestProgram(
            """
            r3 = r1
            r4 = r2
            r1 = 1
            r2 = 2
            call bpf_get_ns_current_pid_tgid
            exit
            """
        )
        let result = try program.program.run(memory: [UInt8](repeating: 9, count: 8))
        #expect(result.returned == 0)
        #expect(result.context == bytes(UInt32(101)) + bytes(UInt32(100)))
        #expect(try program.run([UInt8](repeating: 9, count: 12)) == UInt64(bitPattern: -22))
    }

    @Test func `a helper that does not work here says so once`() throws {
        let program = try TestProgram("r1 = 9\ncall bpf_send_signal\nexit")
        try program.run()
        try program.run()
        #expect(program.output.reports.count == 1)
        #expect(program.output.reports.first?.contains("bpf_send_signal") == true)
    }

    @Test func `every helper of Linux can be called with nonsense`() throws {
        for helper in Helper.all where helper.id != .tailCall {
            let program = try TestProgram(
                "r1 = 0\nr2 = 0\nr3 = 0\nr4 = 0\nr5 = 0\ncall \(helper.id.rawValue)\nexit"
            )
            // Either a result, or a fault that names the argument: never a crash.
            do {
                _ = try program.run()
            } catch let error as ExecutionError {
                #expect(error.slot == 5, "\(helper.name): \(error)")
            }
            #expect(program.output.reports.count <= 1, "\(helper.name)")
        }
    }

    @Test func `arguments and results of functions come from the context`() throws {
        let text = """
            r6 = r1
            r3 = r10
            r3 += -8
            r2 = 1
            call bpf_get_func_arg
            r7 = *(u64 *)(r10 - 8)
            r1 = r6
            call bpf_get_func_arg_cnt
            r0 *= 1000
            r7 += r0
            r1 = r6
            r2 = r10
            r2 += -8
            call bpf_get_func_ret
            if r0 != 0 goto out
            r0 = *(u64 *)(r10 - 8)
            r0 *= 100000
            out:
            r0 += r7
            exit
            """
        let context = [1, 20, 3].flatMap { bytes(UInt64($0)) }
        let exit = try TestProgram(text, type: .tracing, attachType: .traceFunctionExit)
        #expect(try exit.program.run(context: context).returned == 302_020)
        let entry = try TestProgram(text, type: .tracing, attachType: .traceFunctionEntry)
        #expect(try entry.program.run(context: context).returned == 3020 - 95)
    }

    @Test func `the stack is that of the program`() throws {
        let program = try TestProgram(
            """
            call f
            exit
            f:
            r6 = r1
            r2 = r1
            r3 = 64
            r4 = 0
            call bpf_get_stack
            exit
            """,
            functions: [0: "main", 2: "f"]
        )
        let result = try program.program.run(memory: [UInt8](repeating: 1, count: 64))
        #expect(result.returned == 16)
        #expect(word(result.context) != 0 && word(result.context, at: 8) != 0)
        #expect(result.context[16...].allSatisfy { $0 == 0 })
        let user = try TestProgram("r2 = r1\nr3 = 8\nr4 = 256\ncall bpf_get_stack\nexit")
        #expect(try user.run(bytes(UInt64(1))) == UInt64(bitPattern: -14))
    }

    @Test func `stack traces have ids`() throws {
        let program = try TestProgram(
            "r2 = stacks ll\nr3 = 0\ncall bpf_get_stackid\nexit",
            maps: [
                MapSpec(
                    name: "stacks",
                    type: .stackTrace,
                    keySize: 4,
                    valueSize: 64,
                    maxEntries: 16
                )
            ]
        )
        let id = try program.run([0])
        #expect(try program.run([0]) == id)
        let trace = try program.map("stacks").lookup(bytes(UInt32(truncatingIfNeeded: id)))
        #expect(word(trace) != 0 && word(trace, at: 8) == 0)
    }
}
