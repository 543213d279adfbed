import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Glibc
import Synchronization
import Testing

/// Programs that attach where their section says, or where a word says.
@Suite(.liveKernel) struct AutoAttachTests {
    private func act() throws {
        try SystemCalls.linux.call(.getThreadID)
        libraryCalls.withLock { _ in _ = unsafe l64a(a64l("ab")) }
    }

    @Test(arguments: [
        "tracepoint/raw_syscalls/sys_enter", "tp/syscalls/sys_enter_gettid", "raw_tp/sys_enter",
        "raw_tracepoint/sys_exit", "tp_btf/sys_enter",
        "uprobe/libc:a64l", "uretprobe/libc:a64l", "uprobe.multi/libc:a64*",
        "uprobe.session/libc.so.6:a64l",
    ])
    func `a program runs where its section says`(section: String) throws {
        let counter = try RunCounter()
        let link = try counter.program(section).attach(AttachOptions(process: 0))
        try act()
        #expect(try counter.count > 0)
        try link.detach()
        let after = try counter.count
        try act()
        #expect(try counter.count == after)
    }

    @Test(arguments: [
        ("tracepoint", "tracepoint:raw_syscalls:sys_enter"),
        ("tp", "tracepoint:syscalls:sys_enter_gettid"),
        ("raw_tp", "raw_tp:sys_enter"), ("raw_tp", "raw_tracepoint:sys_enter"),
        ("tp_btf/sys_enter", "tp_btf:sys_enter"), ("uprobe", "uprobe:libc:a64l"),
        ("uprobe", "uretprobe:libc.so.6:a64l"), ("uprobe.multi", "uprobe.multi:libc:a64?"),
        ("raw_tp/sys_enter", "auto"),
    ])
    func `a program runs where a word says`(section: String, hook: String) throws {
        let counter = try RunCounter()
        let reference = try HookReference(hook)
        #expect(reference.description == hook)
        let link = try reference.attach(counter.program(section), AttachOptions(process: 0))
        try act()
        #expect(try counter.count > 0)
        try link.detach()
    }

    @Test func `an object's programs are attached together and leave together`() throws {
        let counter = try RunCounter()
        var specs = ObjectSpecs(programs: [:], license: "GPL")
        for (name, section) in [
            ("first", "raw_tp/sys_enter"), ("second", "uprobe/libc:a64l"), ("other", "xdp"),
        ] {
            var spec = try counter.spec(section)
            if section == "xdp" { spec.instructions = try Assembler().assemble("r0 = 2\nexit") }
            spec.name = name
            specs.programs[name] = spec
        }
        let object = try KernelHost().load(specs)
        let links = try object.attachAll(AttachOptions(process: 0))
        #expect(links.members.map(\.name) == ["first", "second"])
        #expect(links.left.map(\.name) == ["other"])
        #expect(links.left.first?.error.reason == "section xdp does not say where")
        try act()
        #expect(try counter.count > 1)
        try links.detach()
        let after = try counter.count
        try act()
        #expect(try counter.count == after)
    }

    @Test func `nothing stays attached if one program cannot be`() throws {
        let counter = try RunCounter()
        var specs = ObjectSpecs(programs: [:], license: "GPL")
        for (name, section) in [("first", "raw_tp/sys_enter"), ("second", "uprobe/libc:a64ll")] {
            var spec = try counter.spec(section)
            spec.name = name
            specs.programs[name] = spec
        }
        let object = try KernelHost().load(specs)
        let error = try #require(throws: KernelError.self) { _ = try object.attachAll() }
        #expect(error.remedy == "did you mean a64l?")
        let after = try counter.count
        try act()
        #expect(try counter.count == after)
    }

    @Test(arguments: [
        ("kprobe", "section kprobe does not say where", "name the hook: kprobe:FUNCTION[+OFFSET]"),
        ("usdt", "section usdt does not say where", "name the hook: usdt:BINARY:PROVIDER:NAME"),
        ("syscall", "syscall programs are run, not attached", "run it: run(_:)"),
    ])
    func `a program that does not say where is told what to name`(
        section: String, reason: String, remedy: String
    ) throws {
        let error = try #require(throws: KernelError.self) {
            _ = try RunCounter().program(section).attach()
        }
        #expect(error.reason == reason)
        #expect(error.remedy == remedy)
    }

    @Test(arguments: [
        ("tracepiont:sched:sched_switch", "did you mean tracepoint?"),
        ("kprobe", "write kprobe:FUNCTION[+OFFSET]"), ("uprobe:", "write uprobe:BINARY:FUNCTION"),
        ("zzzzzzzz:1", "one of tracepoint, "),
    ])
    func `a word that is no hook is met by one that is`(text: String, remedy: String) throws {
        let error = try #require(throws: KernelError.self) { _ = try HookReference(text) }
        #expect(error.remedy?.hasPrefix(remedy) == true, "\(error)")
    }

    @Test func `a program of another kind is refused before the kernel is asked`() throws {
        let program = try LiveKernel.program(.rawTracepoint, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try HookReference("kprobe:do_unlinkat").attach(program)
        }
        #expect(
            error.description
                == "attaching program test to kprobe:do_unlinkat: EINVAL: it is of type "
                + "raw_tracepoint; kprobe takes kprobe; name the hook: raw_tracepoint:NAME, "
                + "raw_tp:NAME")
    }

    @Test func `a program loaded for one function is not attached to another`() throws {
        let program = try RunCounter().program("tp_btf/sys_enter")
        let error = try #require(throws: KernelError.self) {
            _ = try HookReference("tp_btf:sys_exit").attach(program)
        }
        #expect(error.reason == "it was loaded for sys_enter")
        #expect(error.remedy == "set attachTarget to \"sys_exit\" before it is loaded")
    }
}
