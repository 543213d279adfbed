@testable import EBPFCommandLine
import Foundation
import Testing

/// `ebpf build` verifies what it made, as `ebpf verify --stats` tells what that costs.
@Suite(.enabled("a Swift toolchain is here") { hasClang })
struct BuildVerificationTests {
    private static let wild = """
        import EBPFProgram
        @section("xdp") @used func wild(_ packet: XDPContext) -> XDPAction {
            let byte = packet.dataStart.load(as: UInt8.self)
            return byte == 7 ? .drop : .pass
        }
        """
    private static let unchecked = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, int);
                 __type(value, long); } counts SEC(".maps");
        SEC("xdp") int unchecked(void *context) {
            int key = 0;
            long *value = bpf_map_lookup_elem(&counts, &key);
            return *value;
        }
        """

    @Test(arguments: [("Wild.swift", wild, 3), ("unchecked.bpf.c", unchecked, 8)])
    func `a rejection is an error at the user's line, with a note on what to change`(
        _ name: String, _ source: String, _ line: Int
    ) async throws {
        let workspace = try Workspace()
        let file = try workspace.file(name, source)
        let session = await Session.run("build", file, "-o", "\(workspace.path)/out.o")
        #expect(session.exitCode == 1)
        let messages = session.errors.split(separator: "\n")
        #expect(messages.first?.hasPrefix("\(file):\(line):") ?? false, "\(session.errors)")
        #expect(messages.first?.contains(": error: the verifier refuses ") ?? false)
        #expect(messages.dropFirst().first?.hasPrefix("\(file):\(line):") ?? false)
        #expect(messages.dropFirst().first?.contains(": note: ") ?? false)
        #expect(session.errors.contains("--no-verify"))

        let without = await Session.run(
            "build", file, "-o", "\(workspace.path)/out.o", "--no-verify")
        #expect(without.exitCode == 0)
        #expect(without.errors.isEmpty, "\(without.errors)")
    }

    @Test func `what another kernel may have is only a warning`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "future.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            char LICENSE[] SEC("license") = "GPL";
            int bpf_not_yet_invented(int number) __ksym;
            SEC("tc") int future(struct __sk_buff *skb) { return bpf_not_yet_invented(7); }
            """)
        let session = await Session.run("build", file, "-o", "\(workspace.path)/out.o")
        #expect(session.exitCode == 0, "\(session.errors)")
        let isSilent = session.errors.isEmpty
        #expect(isSilent || session.errors.contains(": warning: here the verifier refuses future"))
    }

    @Test func `costs are told by line and by function`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "sum.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            volatile long total;
            static __noinline long square(long n) { return n * n; }
            SEC("socket") int sum(struct __sk_buff *skb)
            {
                for (int i = 0; i < 50; i++)
                    total += square(i);
                return 0;
            }
            """)
        let text = await Session.run("verify", file, "--stats")
        #expect(text.exitCode == 0, "\(text.output)\(text.errors)")
        let lines = text.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("program sum: ") ?? false, "\(text.output)")
        #expect(lines.first?.hasSuffix("of the limit of 1000000") ?? false)
        #expect(lines.contains { $0.contains("sum.bpf.c:8") && $0.contains("total += square(i);") })
        #expect(lines.contains { $0.hasSuffix("square()") })

        let session = await Session.run("verify", file, "--stats", "--json")
        let programs = session.json["programs"] as? [[String: Any]] ?? []
        let program = try #require(programs.first)
        let costs = try #require(program["lines"] as? [[String: Any]])
        let processed = costs.compactMap { $0["processed"] as? Int }
        #expect(processed == processed.sorted(by: >))
        #expect(processed.reduce(0, +) == program["processed"] as? Int)
        let functions = try #require(program["functions"] as? [[String: Any]])
        #expect(Set(functions.compactMap { $0["function"] as? String }) == ["sum", "square"])
        let states = functions.compactMap { $0["states"] as? Int }.reduce(0, +)
        #expect(states == program["states"] as? Int)

        let plain = await Session.run("verify", file, "--json")
        #expect((plain.json["programs"] as? [[String: Any]])?.first?["lines"] == nil)
    }
}
