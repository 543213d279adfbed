@testable import EBPFCommandLine
import Foundation
import Testing

/// `ebpf inspect` and `ebpf build`.
@Suite struct InspectTests {
    /// The executables of Debian's package `libbpf-tools`, by the list of its files.
    private static let tools: [String] = {
        let list = "/var/lib/dpkg/info/libbpf-tools.list"
        let files = (try? String(contentsOfFile: list, encoding: .utf8)) ?? ""
        return files.split(separator: "\n").map(String.init).filter {
            $0.hasPrefix("/usr/sbin/") && FileManager.default.fileExists(atPath: $0)
        }
    }()

    @Test(.enabled(if: !tools.isEmpty, "package libbpf-tools is not installed"), arguments: tools)
    func `an installed tool shows its object`(_ path: String) async throws {
        let session = await Session.run("inspect", path, "--json")
        #expect(session.exitCode == 0)
        #expect(session.errors.isEmpty)
        let report = session.json
        #expect((report["object"] as? String)?.hasPrefix(path + "@") == true)
        let programs = try #require(report["programs"] as? [[String: Any]])
        #expect(!programs.isEmpty)
        #expect(programs.allSatisfy { ($0["instructions"] as? Int ?? 0) > 0 })
        #expect((report["license"] as? String)?.contains("GPL") == true)
        let maps = try #require(report["maps"] as? [[String: Any]])
        #expect(maps.allSatisfy { ($0["type"] as? String)?.isEmpty == false })
    }

    @Test(.enabled(if: hasClang))
    func `a listing names lines, helpers and maps`() async throws {
        let workspace = try Workspace()
        let object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
        let session = await Session.run(
            "inspect", object, "--disassemble", "--program", "flood")
        #expect(session.exitCode == 0)
        for part in ["call bpf_perf_event_output#25", "= events ll", "i < 5000", "kinds.bpf.c:"] {
            #expect(session.output.contains(part), "\(part)")
        }
        #expect(!session.output.contains("bpf_ringbuf"))
    }

    @Test(.enabled(if: hasClang), arguments: ["x86-64", "arm64"])
    func `machine code lies between the instructions it was made from`(
        _ processor: String
    ) async throws {
        let workspace = try Workspace()
        let object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
        let session = await Session.run(
            "inspect", object, "--machine-code", "--arch", processor, "--program", "flood")
        #expect(session.exitCode == 0, "\(session.errors)")
        for part in [
            "flood, \(processor), ", "call bpf_perf_event_output#25", "i < 5000", ":  ret",
            processor == "arm64" ? "blr" : "callq",
        ] {
            #expect(session.output.contains(part), "\(part) in \(session.output)")
        }
        let report = await Session.run(
            "inspect", object, "--machine-code", "--arch", processor, "--program", "flood", "--json")
        #expect(report.output.contains("\"architecture\": \"\(processor)\""))
    }

    @Test(.enabled(if: hasClang))
    func `several sources become several objects`() async throws {
        let workspace = try Workspace()
        let program =
            "int __attribute__((section(\"xdp\"), used)) f(void *c) { return VALUE; }\n"
        let sources = try ["a.bpf.c", "b.bpf.c"].map { try workspace.file($0, program) }
        let session = await Session.run(["build", "-D", "VALUE=2"] + sources)
        #expect(session.exitCode == 0, "\(session.errors)")
        for name in ["a", "b"] {
            #expect(session.output.contains("\(name).bpf.o: f (2 instructions)"))
            #expect(try workspace.bytes("\(name).bpf.o").starts(with: [0x7f, 0x45, 0x4c, 0x46]))
        }
        for (form, part) in [("asm", "exit"), ("ir", "define")] {
            let text = await Session.run(
                "build", sources[0], "-DVALUE=1", "--emit", form)
            #expect(text.output.contains(part))
        }
    }

    @Test func `help and version are results`() async {
        #expect(await Session.run("--version").output.hasPrefix("0."))
        for command in ["build", "inspect", "run"] {
            let session = await Session.run(command, "--help")
            #expect(session.exitCode == 0)
            #expect(session.output.contains("ebpf \(command) "))
        }
    }
}
