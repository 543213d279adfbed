import EBPFBytecode
import Testing

@Suite struct VocabularyLayoutTests {
    @Test func `members lie in order inside their structure, and those of unions share it`() {
        #expect(Set(StructureLayout.all.map(\.name)).count == StructureLayout.all.count)
        for layout in StructureLayout.all {
            #expect(StructureLayout.named(layout.name) == layout)
            #expect(layout.size % layout.alignment == 0, "\(layout.name)")
            check(layout.fields, from: 0, to: layout.size, shared: false, in: layout.name)
        }
    }

    private func check(
        _ fields: [StructureLayout.Field], from start: Int, to end: Int, shared: Bool, in name: String
    ) {
        var free = start
        for field in fields {
            #expect(field.offset >= (shared ? start : free), "\(name).\(field.name)")
            #expect(field.offset + field.size <= end, "\(name).\(field.name)")
            if let count = field.count, count > 0 {
                #expect(field.size % count == 0, "\(name).\(field.name)")
            }
            if !shared { free = field.offset + field.size }
            let isUnion = if case .union = field.type { true } else { false }
            check(
                field.members, from: field.offset, to: field.offset + field.size,
                shared: isUnion, in: name)
        }
    }

    @Test(arguments: [
        ("xdp_md", "egress_ifindex", 20, 4), ("__sk_buff", "cb", 48, 20),
        ("__sk_buff", "flow_keys", 144, 8), ("__sk_buff", "hwtstamp", 184, 8),
        ("bpf_sock_tuple", "ipv6.dport", 34, 2), ("bpf_fib_lookup", "dmac", 58, 6),
        ("bpf_fib_lookup", "ifindex", 8, 4), ("bpf_sock_ops", "replylong", 4, 16),
        ("bpf_perf_event_data", "regs.rip", 128, 8), ("bpf_dynptr", "__opaque", 0, 16),
    ])
    func `a member is found by its path`(name: String, path: String, offset: Int, size: Int) throws {
        let field = try #require(StructureLayout.named(name)?.field(path))
        #expect(field.offset == offset)
        #expect(field.size == size)
    }

    @Test func `a member is found by an offset within it`() {
        #expect(StructureLayout.skBuff.field(at: 50)?.name == "cb")
        #expect(StructureLayout.bpfSockTuple.field(at: 8)?.name == "sport")
        #expect(StructureLayout.bpfSockTuple.field(at: 34)?.name == "dport")
        #expect(StructureLayout.xdpMd.field(at: 24) == nil)
        #expect(StructureLayout.xdpMd.field(at: -1) == nil)
        #expect(StructureLayout.xdpMd.field("no") == nil)
        #expect(StructureLayout.xdpMd.field("") == nil)
    }

    @Test func `programs over packets have their context`() {
        #expect(ProgramType.xdp.context?.name == "xdp_md")
        #expect(ProgramType.schedulerClassifier.context?.name == "__sk_buff")
        #expect(ProgramType.tracing.context == nil)
    }
}
