import EBPFBytecode
import EBPFCompilation
import Testing

/// Structures and constants, checked by the compiler itself.
@Suite(.enabled("a clang with the BPF target") { await Clang.isAvailable() })
struct LayoutTests {
    /// Structures of the interface with the headers that define them.
    static let structures: [(header: String, names: String)] = [
        (
            "linux/bpf.h",
            """
            bpf_insn bpf_lpm_trie_key bpf_cgroup_storage_key __sk_buff xdp_md bpf_sock bpf_tcp_sock
            bpf_sock_tuple bpf_xdp_sock bpf_tunnel_key bpf_xfrm_state bpf_devmap_val bpf_cpumap_val
            sk_msg_md sk_reuseport_md bpf_sock_addr bpf_sock_ops bpf_perf_event_value
            bpf_cgroup_dev_ctx bpf_fib_lookup bpf_redir_neigh bpf_flow_keys bpf_func_info
            bpf_line_info bpf_spin_lock bpf_timer bpf_dynptr bpf_sysctl bpf_sockopt bpf_pidns_info
            bpf_sk_lookup btf_ptr bpf_core_relo bpf_stack_build_id
            """
        ),
        ("linux/if_ether.h", "ethhdr"),
        ("linux/ip.h", "iphdr ip_auth_hdr ip_esp_hdr"),
        ("linux/ipv6.h", "ipv6hdr ipv6_rt_hdr ipv6_opt_hdr"),
        ("linux/in.h", "in_addr sockaddr_in"),
        ("linux/in6.h", "in6_addr sockaddr_in6"),
        ("linux/tcp.h", "tcphdr"),
        ("linux/udp.h", "udphdr"),
        ("linux/icmp.h", "icmphdr"),
        ("linux/icmpv6.h", "icmp6hdr"),
        ("linux/igmp.h", "igmphdr"),
        ("linux/if_arp.h", "arphdr"),
        ("linux/if_packet.h", "sockaddr_ll sockaddr_pkt"),
        ("linux/mpls.h", "mpls_label"),
        ("linux/ptrace.h", "pt_regs"),
        ("linux/bpf_perf_event.h", "bpf_perf_event_data"),
        ("linux/perf_event.h", "perf_branch_entry"),
        ("linux/filter.h", "sock_filter sock_fprog"),
        ("linux/btf.h", "btf_header btf_type btf_enum btf_array btf_member btf_enum64"),
    ]

    /// Debug information of one variable a structure: LLVM describes every member with its offset.
    static func source(_ row: (header: String, names: String)) -> String {
        let names = row.names.split(whereSeparator: { $0 == " " || $0 == "\n" })
        return names.reduce("#include <\(row.header)>\n") { text, name in
            text + "struct \(name) v_\(name);\n"
        }
    }

    @Test(
        .enabled(if: SystemHeaders.haveLinux, "linux-libc-dev"),
        arguments: structures.indices
    ) func `layouts equal the system's`(row: Int) async throws {
        let row = Self.structures[row]
        let source = Self.source(row)
        let ours = try await members(source) { _ in }
        let theirs = try await members(source) {
            $0.includeDirectories = SystemHeaders.directories
            $0.definitions = SystemHeaders.definitions
        }
        // A newer kernel's structure may have grown; nothing that was there may move.
        #expect(!theirs.isEmpty)
        #expect(theirs.subtracting(ours).filter { !Self.moved($0) } == [])
    }

    /// Members that a newer kernel put into a structure within the structure, so that their
    /// offsets count from there, and reserved bits of which it uses one.
    private static func moved(_ member: String) -> Bool {
        ["smac", "dmac", "res1"].contains { member.hasPrefix("\"\($0)\"") }
    }

    /// `member NAME offset N size M` of all structures, from the debug information.
    private func members(
        _ source: String,
        _ change: (inout CCompilerOptions) -> Void
    ) async throws -> Set<String> {
        let program = try await Clang.compile(source) {
            $0.product = .intermediateRepresentation
            change(&$0)
        }
        let text = String(decoding: program.bytes, as: UTF8.self)
        let lines = text.split(separator: "\n").filter { $0.contains("tag: DW_TAG_member") }
        return Set(lines.map { member(String($0)) })
    }

    private func member(_ line: String) -> String {
        func value(_ key: String) -> Substring {
            guard let range = line.firstRange(of: "\(key): ") else { return "0" }
            return line[range.upperBound...].prefix { $0 != "," && $0 != ")" }
        }
        return "\(value("name")) offset \(value("offset")) size \(value("size"))"
    }

    @Test func `structures have the sizes that the tables say`() async throws {
        let machines: Set = ["bpf_nf_ctx", "bpf_perf_event_data", "pt_regs", "user_pt_regs"]
        let layouts = StructureLayout.all.filter { !machines.contains($0.name) }
        let assertions = layouts.map { layout in
            "_Static_assert(sizeof(struct \(layout.name)) == \(layout.size), \"\(layout.name)\");\n"
                + layout.fields.filter { !$0.name.isEmpty }.map { field in
                    "_Static_assert(__builtin_offsetof(struct \(layout.name), \(field.name)) "
                        + "== \(field.offset), \"\(layout.name).\(field.name)\");\n"
                }.joined()
        }.joined()
        _ = try await Clang.compile("#include <linux/bpf.h>\n" + assertions)
        _ = try await Clang.compile("#include <vmlinux.h>\n" + assertions)
    }

    @Test func `constants have the values that the tables say`() async throws {
        let constants = ConstantGroup.all.flatMap(\.constants)
        let assertions = constants.map {
            "_Static_assert((long long)\($0.name) == \($0.value)LL, \"\($0.name)\");\n"
        }.joined()
        _ = try await Clang.compile(
            "#include <linux/bpf.h>\n#include <linux/pkt_cls.h>\n" + assertions
        )
    }

    @Test(.enabled(if: SystemHeaders.haveLinux, "linux-libc-dev"))
    func `constants equal the system's where it knows them`() async throws {
        let constants = ConstantGroup.all.flatMap(\.constants)
        var unknown: [String] = []
        for constant in constants where !SystemHeaders.defines(constant.name) {
            unknown.append(constant.name)
        }
        let known = constants.filter { !unknown.contains($0.name) && !$0.name.contains("MAX_") }
        #expect(known.count > 500)
        let assertions = known.map {
            "_Static_assert((long long)\($0.name) == \($0.value)LL, \"\($0.name)\");\n"
        }.joined()
        let source = "#include <linux/bpf.h>\n#include <linux/pkt_cls.h>\n" + assertions
        _ = try await Clang.compile(source) {
            $0.includeDirectories = SystemHeaders.directories
        }
    }

    /// Network headers of vmlinux.h and of linux/…: one text each, one layout.
    @Test func `packets look the same in vmlinux and in the kernel's headers`() async throws {
        let names: Set = [
            "ethhdr", "iphdr", "ipv6hdr", "in_addr", "in6_addr", "tcphdr", "udphdr", "icmphdr",
            "icmp6hdr", "igmphdr", "arphdr",
        ]
        for row in Self.structures where row.header != "linux/bpf.h" {
            let chosen = row.names.split(separator: " ").filter { names.contains(String($0)) }
            guard !chosen.isEmpty else { continue }
            let one = (header: row.header, names: chosen.joined(separator: " "))
            let two = (header: "vmlinux.h", names: one.names)
            let ours = try await members(Self.source(one)) { _ in }
            let theirs = try await members(Self.source(two)) { _ in }
            #expect(ours.subtracting(theirs) == [])
        }
    }
}
