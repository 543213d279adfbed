import EBPFBytecode
import EBPFHooks
import EBPFObjectFile
import Testing

@Suite struct HookPreparationTests {
    @Test(arguments: [
        (
            "fentry:tcp_connect", "fentry/do_exit", "fentry/tcp_connect",
            AttachType.traceFunctionEntry
        ),
        ("fexit:tcp_connect", "fentry/do_exit", "fexit/tcp_connect", .traceFunctionExit),
        ("kprobe.multi:tcp_*", "kprobe", "kprobe.multi/tcp_*", .traceKprobeMulti),
        ("lsm:file_open", "lsm.s/bprm_check_security", "lsm.s/file_open", .lsmMAC),
        ("iter:task", "iter/bpf_map", "iter/task", .traceIterator),
    ])
    func `a hook is made a part of the program before it is loaded`(
        hook: String, before: String, after: String, attachType: AttachType
    ) throws {
        let section = try #require(SectionName(before))
        var spec = ProgramSpec(
            name: "p", section: before, type: section.programType,
            attachType: section.attachType, attachTarget: section.target,
            flags: section.isSleepable ? .sleepable : [], instructions: [])
        try HookReference(hook).prepare(&spec)
        #expect(spec.section == after)
        #expect(spec.attachType == attachType)
        #expect(spec.attachTarget == SectionName(after)?.target)
    }

    @Test func `a program of another kind stays as it is`() throws {
        let spec = ProgramSpec(name: "p", section: "xdp", type: .xdp, instructions: [])
        var prepared = spec
        try HookReference("fentry:tcp_connect").prepare(&prepared)
        #expect(prepared == spec)
    }

    @Test func `every form that a section has, too, is one that sections know`() {
        for form in HookForm.all where !form.target.isEmpty {
            #expect(!form.summary.isEmpty)
            #expect(!form.programTypes.isEmpty)
        }
        #expect(Set(HookForm.all.map(\.name)).count == HookForm.all.count)
    }
}
