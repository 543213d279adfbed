import EBPFBytecode
import Testing

@Suite struct VocabularySectionTests {
    struct Row: Sendable {
        let text: String
        let type: ProgramType
        let attach: AttachType?
        let target: String?
        let flags: SectionName.Flags
        init(
            _ text: String,
            _ type: ProgramType,
            _ attach: AttachType? = nil,
            target: String? = nil,
            flags: SectionName.Flags = []
        ) {
            (self.text, self.type, self.attach) = (text, type, attach)
            (self.target, self.flags) = (target, flags)
        }
    }

    static let rows: [Row] = [
        Row("xdp", .xdp, .xdp, flags: .optionalAttachType),
        Row("xdp.frags/devmap", .xdp, .xdpDeviceMap, flags: .fragments),
        Row("?xdp/cpumap", .xdp, .xdpCPUMap),
        Row("tc", .schedulerClassifier),
        Row("tcx/ingress", .schedulerClassifier, .tcxIngress),
        Row("kprobe/tcp_connect", .kprobe, target: "tcp_connect"),
        Row("kprobe", .kprobe),
        Row("uprobe.s//bin/sh:main", .kprobe, target: "/bin/sh:main", flags: .sleepable),
        Row(
            "fentry.s/vfs_read",
            .tracing,
            .traceFunctionEntry,
            target: "vfs_read",
            flags: [.sleepable, .typedTarget]
        ),
        Row("tp/sched/sched_switch", .tracepoint, target: "sched/sched_switch"),
        Row("syscall", .syscall, flags: .sleepable),
        Row("cgroup/connect4", .cgroupSocketAddress, .cgroupInet4Connect),
        Row("struct_ops/init", .structOperations, target: "init"),
        Row(
            "?lsm_cgroup/socket_bind",
            .lsm,
            .lsmCgroup,
            target: "socket_bind",
            flags: .typedTarget
        ),
    ]

    @Test(arguments: rows)
    func `a section name says type, attach type, target and flags`(row: Row) throws {
        let name = try #require(SectionName(row.text))
        #expect(name.programType == row.type)
        #expect(name.attachType == row.attach)
        #expect(name.target == row.target)
        #expect(name.flags == row.flags)
        #expect(name.autoload == !row.text.hasPrefix("?"))
        #expect(name.description == row.text)
    }

    @Test(arguments: [
        "", "?", "maps", ".maps", "license", "version", ".text", ".rodata", "xdp_filter", "xdp/",
        "tc/", "kprobes", "kprobe.multix", "/kprobe", "socket/filter", "cgroup/sock/x", "??xdp",
    ])
    func `other sections hold no programs`(text: String) {
        #expect(SectionName(text) == nil)
    }

    @Test func `old spellings match the longest definition they begin with`() {
        #expect(SectionName(legacy: "xdp_filter")?.definition.name == "xdp")
        #expect(SectionName(legacy: "xdp.frags_filter")?.takesFragments == true)
        #expect(SectionName(legacy: "classifier/from-netdev")?.programType == .schedulerClassifier)
        #expect(SectionName(legacy: "socket1")?.programType == .socketFilter)
        #expect(SectionName(legacy: "kprobe/x")?.target == "x")
        #expect(SectionName(legacy: "maps") == nil)
    }

    @Test func `every definition is found by its own name, and only those with targets take one`() {
        #expect(SectionName.definitions.count == 116)
        #expect(Set(SectionName.definitions.map(\.name)).count == 116)
        for definition in SectionName.definitions {
            #expect(SectionName(definition.name)?.definition == definition)
            let longer = SectionName(definition.name + "/x/y")
            #expect(longer?.target == (definition.takesTarget ? "x/y" : nil), "\(definition.name)")
            let late: [String] = [".multi", "fsession", ".s"]
            guard definition.attachType.map({ $0.since > .vocabulary }) == true else { continue }
            #expect(late.contains { definition.name.contains($0) })
        }
    }

    static let points: [(String, SectionName.AttachPoint?)] = [
        ("kprobe", nil),
        ("xdp", nil),
        ("kprobe/f", .kernelFunction(name: "f", offset: 0, .entry)),
        ("kprobe/f.isra.0+0x10", .kernelFunction(name: "f.isra.0", offset: 16, .entry)),
        ("kretprobe/f", .kernelFunction(name: "f", offset: 0, .exit)),
        ("kprobe.multi/tcp_*", .kernelFunctions(pattern: "tcp_*", .entry)),
        ("kretprobe.multi/tcp_?", .kernelFunctions(pattern: "tcp_?", .exit)),
        ("kprobe.session/x", .kernelFunctions(pattern: "x", .session)),
        (
            "uprobe//lib/c.so:malloc+8",
            .userFunction(path: "/lib/c.so", name: "malloc", offset: 8, .entry)
        ),
        ("uretprobe/libc:free", .userFunction(path: "libc", name: "free", offset: 0, .exit)),
        ("uprobe/sh:operator+", .userFunction(path: "sh", name: "operator+", offset: 0, .entry)),
        ("uprobe.session.s/sh:m*", .userFunctions(path: "sh", pattern: "m*", .session)),
        ("kretsyscall/openat", .systemCall(name: "openat", .exit)),
        (
            "usdt/libc:libc:setjmp",
            .userTracepoint(path: "libc", provider: "libc", name: "setjmp")
        ),
        ("tp/sched/sched_switch", .tracepoint(category: "sched", name: "sched_switch")),
        ("raw_tp.w/x", .rawTracepoint(name: "x")),
        ("fmod_ret/f", .typedTarget(name: "f")),
        ("fentry.multi.s/f*", .typedTargets(pattern: "f*")),
        ("iter.s/task", .iterator(name: "task")),
    ]

    @Test(arguments: points)
    func `a target names the place`(text: String, place: SectionName.AttachPoint?) throws {
        #expect(try #require(SectionName(text)).attachPoint() == place)
    }

    @Test(arguments: [
        ("kprobe/", "section kprobe/: expected kprobe/FUNCTION[+OFFSET]"),
        ("kprobe/a b", "section kprobe/a b: expected kprobe/FUNCTION[+OFFSET]"),
        ("kprobe/f+x", "section kprobe/f+x: expected kprobe/FUNCTION[+OFFSET]"),
        ("kretprobe/f+4", "section kretprobe/f+4: expected kretprobe/FUNCTION"),
        ("uprobe/main", "section uprobe/main: expected uprobe/PATH:FUNCTION[+OFFSET]"),
        ("uretprobe/a:b+4", "section uretprobe/a:b+4: expected uretprobe/PATH:FUNCTION"),
        ("usdt/a:b", "section usdt/a:b: expected usdt/PATH:PROVIDER:NAME"),
        ("tp/sched", "section tp/sched: expected tp/CATEGORY/NAME"),
        ("iter/", "section iter/: expected iter/ITERATOR"),
    ])
    func `a malformed target says what was expected`(text: String, message: String) throws {
        let name = try #require(SectionName(text))
        do {
            _ = try name.attachPoint()
            Issue.record("\(text) is accepted")
        } catch { #expect(error.description == message) }
    }
}
