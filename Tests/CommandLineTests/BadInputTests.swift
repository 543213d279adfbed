@testable import EBPFCommandLine
import Testing

/// Input that cannot be used: exit code 2 and one line that says what is wrong.
@Suite struct BadInputTests {
    private let workspace: Workspace

    init() throws { workspace = try Workspace() }

    @Test(
        arguments: [
            ([], "No such file"), ([UInt8](), "the file is empty"),
            (Array("hello".utf8), "this is text"), ([1, 2, 3], "multiple of 8"),
            (Array("0123".utf8), "multiple of 8"), ([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], "input: "),
        ] as [([UInt8]?, String)])
    func `a file that is no program is refused`(_ bytes: [UInt8]?, _ part: String) async throws {
        let isMissing = part == "No such file"
        let path = try isMissing ? "\(workspace.path)/input" : workspace.file("input", bytes ?? [])
        for command in ["run", "inspect"] {
            let session = await Session.run(command, path)
            #expect(session.exitCode == 2)
            #expect(session.complaints.count == 1)
            #expect(session.errors.contains(part), "\(session.errors)")
        }
    }

    @Test func `a directory is no program`() async {
        let session = await Session.run("inspect", workspace.path)
        #expect(session.exitCode == 2)
        #expect(session.errors == "ebpf: \(workspace.path): Is a directory\n")
    }

    @Test(
        .enabled(if: hasClang),
        arguments: [
            (["--packet", "zz"], "--packet: \"zz\" is not a byte in hex"),
            (["--packet", "abc"], "--packet: 3 hex digits are no bytes"),
            (["--packet", ""], "--packet: there are no hex digits"),
            (
                ["--program", "usr"],
                "no program \"usr\"; did you mean \"use\"? (there are use, flood,"
            ),
            (["--initialize", "xyzzy"], "no program \"xyzzy\" (there are use"),
            (["--type", "xpd"], "--type: there is no program type \"xpd\""),
            (["--set", "smal=1"], "no variable \"smal\"; did you mean \"small\"?"),
            (["--set", "small=256"], "--set small=256: 256 does not fit into 8 bits"),
            (["--set", "small"], "write VARIABLE=VALUE"),
            (["--set", "mode=SLEEPY"], "expected one of IDLE, BUSY"),
            (["--update", "route=1:2"], "no map \"route\"; did you mean \"routes\"?"),
            (["--update", "routes=10.0.0.0/x:2"], "the key: "),
            (["--update", "routes"], "write MAP=KEY:VALUE"),
            (
                ["--pcap", "/nonexistent/capture"],
                "/nonexistent/capture: No such file or directory"
            ),
            (
                ["--pcap", "\(examples)/Captures/balancer.pcap", "--output", "/nonexistent/out"],
                "/nonexistent/out: No such file or directory"
            ),
            (["--context", "/nonexistent/context"], "/nonexistent/context: No such file"),
        ])
    func `a wrong option says what would be right`(
        _ arguments: [String], _ message: String
    ) async throws {
        let object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
        let session = await Session.run(["run", object] + arguments)
        #expect(session.exitCode == 2)
        #expect(session.complaints.count == 1)
        #expect(session.errors.contains(message), "\(session.errors)")
    }

    @Test(
        .enabled(if: hasClang),
        arguments: [
            ([], "empty"), ([0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "compressed with gzip"),
            (Array("not a capture at all, only text".utf8), "not a pcap or pcapng file"),
            ([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], "it is an ELF file"),
        ] as [([UInt8], String)])
    func `a foreign capture is named`(_ bytes: [UInt8], _ message: String) async throws {
        let object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
        let capture = try workspace.file("capture", bytes)
        let session = await Session.run("run", object, "--pcap", capture)
        #expect(session.exitCode == 2)
        #expect(session.complaints.count == 1)
        #expect(session.errors.contains(message), "\(session.errors)")
    }

    @Test(
        .enabled(if: hasClang),
        arguments: [
            ([5: 2, 16: 0, 17: 1, 18: 0, 19: 247], "this object is big-endian; compile with"),
            ([18: 62], "this is an x86-64 object file, not a BPF object"),
        ] as [([Int: UInt8], String)])
    func `an object for another machine is named`(
        _ header: [Int: UInt8], _ message: String
    ) async throws {
        var bytes = try await Compiled.kinds.value
        for (offset, byte) in header { bytes[offset] = byte }
        let object = try workspace.file("foreign.o", bytes)
        for command in ["inspect", "run"] {
            let session = await Session.run(command, object)
            #expect(session.exitCode == 2)
            #expect(session.complaints.count == 1)
            #expect(session.errors.contains(message), "\(session.errors)")
        }
    }

    @Test(.enabled(if: hasClang))
    func `a refused source shows the compiler's words`() async throws {
        let source = try workspace.file("bad.c", "int a = ;\n#include \"missing.h\"\n")
        for command in [["build"], ["run"], ["inspect"]] {
            let session = await Session.run(command + [source])
            #expect(session.exitCode == 2)
            #expect(session.errors.hasPrefix("ebpf: \(source):1:9: error: expected expression"))
            #expect(session.errors.contains("'missing.h' file not found"))
        }
    }

    @Test(arguments: [
        ["run"], ["run", "x", "--cpus", "0"], ["run", "x", "--repeat", "0"], ["frobnicate"],
        ["run", "x", "--budget", "0"], ["run", "x", "--output", "y"],
        ["run", "x", "--packet", "00", "--pcap", "y"], ["build"],
        ["build", "a.c", "b.c", "-o", "c.o"],
    ])
    func `arguments that make no sense end with 64`(_ arguments: [String]) async {
        let session = await Session.run(arguments)
        #expect(session.exitCode == 64)
        #expect(session.output.isEmpty)
        #expect(session.errors.contains("Usage:"))
    }
}
