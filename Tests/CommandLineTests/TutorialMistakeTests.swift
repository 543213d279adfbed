@testable import EBPFCommandLine
import EBPFTestSupport
import Testing

/// The mistakes that every tutorial makes on purpose, in C and in Swift: each is explained on one
/// screen, and what is suggested, once done, is accepted.
@Suite(.enabled("a Swift toolchain is here") { hasClang })
struct TutorialMistakeTests {
    /// A program with a mistake, and how it is mended.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let file: String
        let code: String
        /// The line of the fault.
        let line: Int
        /// What the help says.
        let help: String
        /// A part of the source, and what takes its place: the help's own words.
        let mend: (old: String, new: String)
        let source: String

        init(
            _ name: String, _ file: String, _ code: String, line: Int, help: String,
            mend: (old: String, new: String), _ source: String
        ) {
            testDescription = "\(name), in \(file)"
            (self.file, self.code, self.line) = (file, code, line)
            (self.help, self.mend, self.source) = (help, mend, source)
        }
    }

    private static let inC: [Mistake] = [
        Mistake(
            "a missing null check", "count.bpf.c", "E003", line: 14,
            help: "`value` is NULL if the look-up on line 13 finds nothing: test it first: "
                + "if (!value) return XDP_PASS;",
            mend: ("    *value += 1;", "    if (!value) return XDP_PASS;\n    *value += 1;"),
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            char LICENSE[] SEC("license") = "GPL";
            struct {
                __uint(type, BPF_MAP_TYPE_HASH);
                __uint(max_entries, 64);
                __type(key, __u32);
                __type(value, __u64);
            } counts SEC(".maps");
            SEC("xdp") int count(struct xdp_md *ctx)
            {
                __u32 key = ctx->rx_queue_index;
                __u64 *value = bpf_map_lookup_elem(&counts, &key);
                *value += 1;
                return XDP_PASS;
            }
            """),
        Mistake(
            "an index one past the array", "classify.bpf.c", "E005", line: 10,
            help:
                "`class` can reach 4, but only 0…3 fit: `sizes` has 16 bytes; test it before line "
                + "10: if (class >= 4) return 0; or mask it: class & 3",
            mend: ("    if (class > 4)\n        return 0;", "    if (class >= 4) return 0;"),
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            char LICENSE[] SEC("license") = "GPL";
            __u32 sizes[4];
            SEC("socket") int classify(struct __sk_buff *skb)
            {
                __u32 class = skb->len / 512;
                if (class > 4)
                    return 0;
                sizes[class]++;
                return 0;
            }
            """),
        Mistake(
            "a read past the packet's end", "first.bpf.c", "E007", line: 8,
            help: "a packet may be shorter than 13 bytes; test first: if (bytes + 13 > end) return "
                + "XDP_PASS;",
            mend: (
                "    if (end == bytes)\n",
                "    if (bytes + 13 > end) return XDP_PASS;\n    if (0)\n"
            ),
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            SEC("xdp") int first(struct xdp_md *ctx)
            {
                unsigned char *bytes = (void *)(long)ctx->data;
                unsigned char *end = (void *)(long)ctx->data_end;
                if (end == bytes)
                    return XDP_PASS; return bytes[12] == 8 ? XDP_DROP : XDP_PASS;
            }
            """),
        Mistake(
            "a loop that a variable limits", "sum.bpf.c", "E019", line: 7,
            help:
                "nothing limits `skb->len`; give it a constant limit, too: `i < skb->len && i < 64`",
            mend: ("i < skb->len", "i < skb->len && i < 64"),
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            char LICENSE[] SEC("license") = "GPL";
            volatile __u64 total;
            SEC("socket") int sum(struct __sk_buff *skb)
            {
                for (__u32 i = 0; i < skb->len; i++) total += i;
                return 0;
            }
            """),
        Mistake(
            "a test for null that does not leave", "leave.bpf.c", "E004", line: 16,
            help:
                "`value` is NULL here: the test on line 14 found it so, and execution goes on; leave "
                + "there: if (!value) return XDP_PASS;",
            mend: (
                "    if (!value)\n        missing++;",
                "    if (!value) return XDP_PASS;"
            ),
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            struct {
                __uint(type, BPF_MAP_TYPE_HASH);
                __uint(max_entries, 64);
                __type(key, __u32);
                __type(value, __u64);
            } counts SEC(".maps");
            volatile __u32 missing;
            SEC("xdp") int leave(struct xdp_md *ctx)
            {
                __u32 key = 7;
                __u64 *value = bpf_map_lookup_elem(&counts, &key);
                if (!value)
                    missing++;
                *value += 1;
                return XDP_PASS;
            }
            """),
        Mistake(
            "a socket that is not given back", "known.bpf.c", "E012", line: 13,
            help:
                "`socket`, which bpf_sk_lookup_tcp() gave on line 6, is still held on this way: call "
                + "bpf_sk_release() before it ends",
            mend: (
                "return 1;", "{ bpf_sk_release(socket); return 1; }"
            ),
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            SEC("tc") int known(struct __sk_buff *skb)
            {
                struct bpf_sock_tuple tuple = { .ipv4.dport = 80 };
                struct bpf_sock *socket = bpf_sk_lookup_tcp(skb, &tuple, sizeof(tuple.ipv4), -1, 0);
                if (!socket)
                    return 0;
                if (socket->family != 2)
                    return 1;
                bpf_sk_release(socket);
                return 0;
            }
            """),
    ]

    private static let inSwift: [Mistake] = [
        Mistake(
            "a missing check for nil", "Count.swift", "E003", line: 5,
            help: "`value` is nil if the look-up on line 4 finds nothing: use `guard let value = "
                + "counts.lookup(7) else { return … }`",
            mend: (
                "let value = counts.lookup(7).unsafelyUnwrapped",
                "guard let value = counts.lookup(7) else { return .pass }"
            ),
            """
            import EBPFProgram
            let counts = HashMap<UInt32, UInt64>(maxEntries: 64)
            @section("xdp") @used func count(_ packet: XDPContext) -> XDPAction {
                let value = counts.lookup(7).unsafelyUnwrapped
                value.pointee &+= 1
                return .pass
            }
            """),
        Mistake(
            "an index one past the array", "Classify.swift", "E005", line: 9,
            help:
                "`index` can reach 4, but only 0…3 fit: the value of map sizes has 16 bytes; test "
                + "it before line 9: `guard index < 4 else { return … }` or mask it: index & 3",
            mend: ("guard index <= 4 else", "guard index < 4 else"),
            """
            import EBPFProgram
            struct Sizes { var slots: InlineArray<4, UInt32> }
            let sizes = ArrayMap<Sizes>(maxEntries: 1)
            @section("tc") @used func classify(_ packet: SocketBuffer) -> TrafficControlAction {
                guard let value = sizes.lookup(0) else { return .pass }
                let index = packet.byteCount / 512
                guard index <= 4 else { return .pass }
                let slots = UnsafeMutableRawPointer(value).assumingMemoryBound(to: UInt32.self)
                slots[index] &+= 1
                return .pass
            }
            """),
        Mistake(
            "a read past the packet's end", "First.swift", "E007", line: 4,
            help:
                "a packet may be shorter than 13 bytes; take a header with `packet.header(…)`, which "
                + "is nil then, or test first: `guard packet.dataStart + 13 <= packet.dataEnd else",
            mend: (
                "    return bytes[12]",
                "    guard packet.dataStart + 13 <= packet.dataEnd else { return .pass }\n"
                    + "    return bytes[12]"
            ),
            """
            import EBPFProgram
            @section("xdp") @used func first(_ packet: XDPContext) -> XDPAction {
                let bytes = packet.dataStart.assumingMemoryBound(to: UInt8.self)
                return bytes[12] == 8 ? .drop : .pass
            }
            """),
        Mistake(
            "a loop that a variable limits", "Mix.swift", "E019", line: 6,
            help: "nothing limits `count`; give it a constant limit, too: `min(count, 64)`",
            mend: ("0..<count", "0..<min(count, 64)"),
            """
            import EBPFProgram
            let total = Global<UInt64>(1)
            @section("tc") @used func mix(_ packet: SocketBuffer) -> TrafficControlAction {
                let count = packet.byteCount
                for i in 0..<count {
                    total.value ^= UInt64(i) &* total.value
                }
                return .pass
            }
            """),
    ]

    @Test(arguments: inC + inSwift)
    func `a mistake is explained on one screen, and the fix is accepted`(
        _ mistake: Mistake
    ) async throws {
        let workspace = try Workspace()
        let wrong = try workspace.file(mistake.file, mistake.source)
        // So many are enough to see that a loop has no end.
        let session = await Session.run("verify", wrong, "--limit", "50000")
        #expect(session.exitCode == 1)
        let lines = session.output.split(separator: "\n")
        let first = lines.first ?? ""
        #expect(first.hasPrefix("\(wrong):\(mistake.line):"), "\(session.output)")
        #expect(first.hasSuffix("[\(mistake.code)]"))
        let help = lines.first { $0.hasPrefix("  help: ") } ?? ""
        #expect(help.contains(mistake.help), "\(help)")
        #expect(lines.contains("  more: ebpf explain \(mistake.code)"))
        #expect(lines.count <= 24)

        #expect(mistake.source.contains(mistake.mend.old))
        let parts = mistake.source.split(separator: mistake.mend.old, maxSplits: 1)
        let mended = try workspace.file(
            mistake.file, parts.joined(separator: mistake.mend.new))
        let second = await Session.run("verify", mended)
        #expect(second.exitCode == 0, "\(second.output)\(second.errors)")
        guard LiveKernel.mayLoadPrograms else { return }
        let asked = await Session.run("verify", mended, "--kernel")
        #expect(!asked.output.contains("(!)"), "\(asked.output)")
    }
}
