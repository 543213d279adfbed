import EBPFBytecode
@testable import EBPFCommandLine
import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Foundation
import Testing

/// `ebpf prog` on programs that the tests load, named by their numbers.
@Suite(.liveKernel) struct ProgramCommandTests {
    /// Runs `ebpf prog COMMAND id:N …`.
    private static func run(
        _ command: String..., on program: KernelProgram, _ rest: [String] = []
    ) async -> Session {
        await Session.run(["prog"] + command + ["id:\(program.id)"] + rest)
    }

    @Test func `the list and the details name the program`() async throws {
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        let tag = try program.tag().description
        let list = await Session.run("prog", "list")
        let row = list.output.split(separator: "\n").first {
            $0.split(separator: " ").first == "\(program.id)"
        }
        #expect(row?.contains(" xdp ") == true)
        #expect(row?.contains(tag) == true)
        let json = await Self.run("show", on: program, ["--json"]).json
        #expect(json["id"] as? Int == Int(program.id))
        #expect(json["type"] as? String == "xdp")
        #expect(json["tag"] as? String == tag)
        #expect(json["instructions"] as? Int == 2)
        #expect((json["lockedBytes"] as? Int ?? 0) > 0)
        #expect(json["gplCompatible"] as? Bool == true)
        let shown = await Self.run("show", on: program)
        #expect(shown.output.contains("machine code"))
    }

    @Test func `a program is found by its tag and by a pin's path alike`() async throws {
        let program = try LiveKernel.program(.xdp, "r0 = 7081\nexit")
        let byTag = await Session.run("prog", "show", "tag:\(try program.tag())", "--json")
        #expect(byTag.output.contains("\"id\": \(program.id)"))
    }

    @Test(arguments: [
        ("id:4294967290", "ebpf: there is no program 4294967290; `ebpf prog list` shows all\n"),
        (
            "tag:0000000000000001",
            "ebpf: there is no program tag:0000000000000001; `ebpf prog list` shows all\n"
        ),
    ])
    func `what is not there is said so`(_ reference: String, _ message: String) async {
        let session = await Session.run("prog", "show", reference)
        #expect(session.errors == message)
        #expect(session.exitCode == 2)
    }

    @Test(.enabled("clang is there") { hasClang })
    func `a map of the kernel takes the place of the object's`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "count.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            struct {
                __uint(type, BPF_MAP_TYPE_ARRAY);
                __uint(max_entries, 4);
                __type(key, __u32);
                __type(value, __u64);
            } counts SEC(".maps");
            SEC("xdp") int count(struct xdp_md *c) {
                __u32 key = 0;
                __u64 *value = bpf_map_lookup_elem(&counts, &key);
                return value && ++*value ? XDP_PASS : XDP_DROP;
            }
            """)
        let map = try LiveKernel.map(.array, key: 4, value: 8, entries: 4)
        let load = await Session.run(
            "prog", "load", file, "--map", "counts=\(map.shape.id)", "--json")
        let maps = try #require(load.json["maps"] as? [[String: Any]])
        #expect(maps.first?["id"] as? Int == Int(map.shape.id))
        let rows = [
            ("counts", "--map counts: write NAME=MAP, a number or a pin"),
            ("counts=", "--map counts=: write NAME=MAP, a number or a pin"),
            ("count=1", "there is no map \"count\"; did you mean \"counts\"?"),
            ("counts=4294967290", "there is no map 4294967290"),
        ]
        for (option, message) in rows {
            let session = await Session.run("prog", "load", file, "--map", option)
            #expect(session.exitCode == 2)
            #expect(session.errors.contains(message), "\(session.errors)")
        }
        let lost = await Session.run("prog", "load", file, "--interface", "no-such-link")
        #expect(lost.errors.contains("there is no such interface"))
    }

    @Test func `instructions are shown with the names of maps and functions`() async throws {
        let map = try LiveKernel.map(.array, key: 4, value: 8, entries: 1)
        let program = try LiveKernel.program(
            .socketFilter,
            """
            r1 = map[fd:\(map.descriptor.number)] ll
            r2 = r10
            r2 += -4
            *(u32 *)(r10 - 4) = 0
            call 1
            call 7
            r0 = 0
            exit
            """)
        let dump = await Self.run("dump", "xlated", on: program)
        #expect(dump.output.contains("r1 = test ll"))
        #expect(
            dump.output.contains("call bpf_user_rnd_u32") || dump.output.contains("call hidden"))
        let bytes = await Self.run("dump", "xlated", on: program, ["--opcodes"])
        #expect(bytes.output.contains("\n          9500000000000000"))
        let graph = await Self.run("dump", "xlated", on: program, ["--graph"])
        #expect(graph.output.hasPrefix("digraph \"test\" {"))
    }

    @Test(.enabled("clang is there") { hasClang })
    func `lines of source stand between the instructions, of both forms`() async throws {
        let workspace = try Workspace()
        let source = """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            __attribute__((noinline)) int half(int x) { return x / 2 + (int)bpf_ktime_get_ns(); }
            SEC("xdp") int pass(struct xdp_md *c) {
                int queue = c->rx_queue_index;
                return half(queue) == 7 ? XDP_DROP : XDP_PASS;
            }
            char LICENSE[] SEC("license") = "GPL";
            """
        let path = try workspace.file("lines.bpf.c", source)
        let compiled = try await CCompiler().compile(.file(path), options: CCompilerOptions())
        let specs = try ObjectFile(compiled.bytes, name: path).specs()
        let object = try KernelHost().load(specs)
        let program = try #require(object.programs["pass"])
        let translated = await Self.run("dump", "xlated", on: program)
        #expect(translated.output.contains("; int queue = c->rx_queue_index;  (lines.bpf.c:5)"))
        #expect(translated.output.contains("half:\n"))
        #expect(translated.output.contains("call half"))
        let machine = await Self.run("dump", "jited", on: program)
        #expect(machine.output.contains("; int queue = c->rx_queue_index;  (lines.bpf.c:5)"))
        #expect(machine.output.contains("half:  (at 0x"))
        if MachineCodeDisassembler() != nil { #expect(machine.output.contains("ret")) }
    }

    @Test func `the bytes go to a file`() async throws {
        let workspace = try Workspace()
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        for (form, size) in [("xlated", 16), ("jited", try program.details().machineCodeSize)] {
            let path = workspace.path + "/" + form
            let dump = await Self.run("dump", form, on: program, ["--file", path])
            #expect(dump.exitCode == 0)
            #expect(try workspace.bytes(form).count == size)
        }
    }

    @Test func `a program runs on a packet`() async throws {
        let program = try LiveKernel.program(.xdp, "r0 = 1\nexit")
        let arguments = ["--packet", frame, "--repeat", "3"]
        let run = await Self.run("run", on: program, arguments)
        #expect(run.output.hasPrefix("returned 1 (XDP_DROP), 3 times, "))
        let json = await Self.run("run", on: program, arguments + ["--json"]).json
        #expect(json["returned"] as? Int == 1)
        #expect(json["verdict"] as? String == "XDP_DROP")
        #expect(json["packet"] as? String == frame)
        let bare = await Self.run("run", on: program)
        #expect(bare.errors.contains("xdp programs run on a packet; give one"))
        #expect(bare.exitCode == 2)
    }

    @Test func `a packet is changed in a file`() async throws {
        let workspace = try Workspace()
        let program = try LiveKernel.program(
            .xdp,
            """
            r2 = *(u32 *)(r1 + 4)
            r1 = *(u32 *)(r1 + 0)
            r3 = r1
            r3 += 14
            if r3 > r2 goto +1
            *(u8 *)(r1 + 0) = 1
            r0 = 2
            exit
            """)
        let input = try workspace.file("in", [UInt8](repeating: 0, count: 14))
        let output = workspace.path + "/out"
        let run = await Self.run("run", on: program, ["--data", input, "--data-out", output])
        #expect(run.exitCode == 0)
        #expect(try workspace.bytes("out") == [1] + [UInt8](repeating: 0, count: 13))
    }

    @Test func `a profile counts only what ran`() async throws {
        let program = try LiveKernel.program(.xdp, "r0 = 1\nexit")
        let profile = await Self.run("profile", on: program, ["--duration", "0.01", "--json"])
        #expect(profile.output.contains("\"runs\": 0"))
        #expect(profile.exitCode == 0)
        let wrong = await Session.run("prog", "profile", "--duration", "0")
        #expect(wrong.exitCode == 64)
    }

    @Test(
        .enabled("programs have streams (Linux 6.17)") {
            KernelFeatures.shared.ability(.programStreams) == .yes
        })
    func `a program's own stream is read, and is empty at first`() async throws {
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        for channel in ["stdout", "stderr"] {
            let log = await Self.run("tracelog", on: program, [channel, "--duration", "0"])
            #expect(log.exitCode == 0)
            #expect(log.output.isEmpty)
        }
    }

    @Test func `a line of the trace log is taken apart`() {
        let line = TraceLogLine(
            "   web server-1-4711    [003] ...11  1234.567890: bpf_trace_printk: a [b] c")
        #expect(line.task == "web server-1")
        #expect(line.process == 4711)
        #expect(line.cpu == 3)
        #expect(line.seconds == 1234.567890)
        #expect(line.text == "a [b] c")
        #expect(TraceLogLine("CPU:1 [LOST 3 EVENTS]").text == "CPU:1 [LOST 3 EVENTS]")
    }
}
