import EBPFBytecode
@testable import EBPFCommandLine
import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

/// `ebpf feature`, `ebpf doctor`, `ebpf top` and `ebpf prog load` on the running kernel.
@Suite(.liveKernel) struct FeatureCommandTests {
    @Test func `features are told with a word, and with JSON`() async throws {
        let text = await Session.run("feature", "probe", "maps")
        #expect(text.output.hasPrefix("types of maps: "))
        #expect(text.output.contains("ringbuf"))
        let json = await Session.run("feature", "probe", "maps", "abilities", "--json").json
        let maps = try #require(json["maps"] as? [String: [String: Any]])
        #expect(maps["hash"]?["answer"] as? String == "yes")
        #expect(maps["hash"]?["reason"] is NSNull)
    }

    @Test func `one thing can be asked for`() async {
        let one = await Session.run(
            "feature", "probe", "helpers", "--type", "xdp", "--name", "bpf_xdp_adjust_head")
        #expect(one.output.contains("xdp/bpf_xdp_adjust_head  yes"))
        let none = await Session.run("feature", "probe", "maps", "--name", "no_such_map")
        #expect(none.errors == "ebpf: nothing that can be tried is called \"no_such_map\"\n")
        let wrong = await Session.run("feature", "probe", "helpers", "--type", "xdpp")
        #expect(wrong.errors.contains("did you mean \"xdp\"?"))
    }

    @Test func `sure answers are kept until the kernel is started again`() throws {
        let workspace = try Workspace()
        let folder = "\(workspace.path)/swift-ebpf"
        let environment = ["XDG_CACHE_HOME": workspace.path, "HOME": "/nonexistent"]
        let first = KernelFeatures()
        let cache = try #require(FeatureCache(first, environment: environment))
        cache.read(into: first)
        #expect(first.knownAnswers.isEmpty)
        #expect(first.mapType(.hash) == .yes)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        _ = try workspace.file("swift-ebpf/features-of-an-earlier-run", "yes\tmap type array\n")
        cache.write(first)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names == ["features-\(try #require(first.bootID))"])
        let second = KernelFeatures()
        cache.read(into: second)
        #expect(second.knownAnswers == ["map type hash": true])
        // A kept answer is given without asking; nonsense in the file is passed over.
        let file = "swift-ebpf/\(names[0])"
        _ = try workspace.file(
            file, "no\tmap type array\nmaybe\tmap type hash\nyes\n\tyes\n\u{0}\u{ff}\n")
        let third = KernelFeatures()
        cache.read(into: third)
        #expect(third.knownAnswers == ["map type array": false])
        #expect(third.mapType(.array) == .no)
        for home in [[:], ["HOME": "relative"]] as [[String: String]] {
            #expect(FeatureCache(first, environment: home) == nil)
        }
    }

    @Test func `the doctor says that eBPF works here`() async {
        let text = await Session.run("doctor")
        #expect(text.exitCode == 0)
        #expect(text.output.contains("✓  bpf(2)"))
        let json = await Session.run("doctor", "--json").json
        #expect(json["usable"] as? Bool == true)
    }

    @Test func `the most expensive programs are shown, newer looks over older ones`() async throws {
        let arguments = ["top", "--interval", "0.01", "--all", "--limit", "100000"]
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        let json = await Session.run(arguments + ["--json"]).json
        let programs = try #require(json["programs"] as? [[String: Any]])
        #expect(programs.contains { $0["id"] as? Int == Int(program.id) })
        let text = await Session.run(arguments + ["--count", "2"]).output
        #expect(text.contains("% of a CPU"))
        #expect(!text.contains("\u{1b}"))
    }

    @Test func `a program that is loaded with pins stays`() async throws {
        let workspace = try Workspace()
        let code = try workspace.file("pass.s", "r0 = 2\nexit\n")
        let directory = "/sys/fs/bpf/ebpf_test_\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let load = await Session.run(
            "prog", "load", code, "--type", "xdp", "--pin", directory, "--json")
        #expect(load.errors == "")
        let programs = try #require(load.json["programs"] as? [[String: Any]])
        let pin = try #require(programs.first?["pin"] as? String)
        let shown = await Session.run("prog", "show", pin, "--json").json
        #expect(shown["id"] as? Int == programs.first?["id"] as? Int)
        let second = await Session.run("prog", "pin", pin, directory + "/copy")
        #expect(second.exitCode == 0)
        try FileManager.default.removeItem(atPath: directory + "/copy")
        try FileManager.default.removeItem(atPath: pin)
    }

    @Test func `a program without a type is asked for it`() async throws {
        let workspace = try Workspace()
        let code = try workspace.file("pass.s", "r0 = 2\nexit\n")
        let load = await Session.run("prog", "load", code)
        #expect(load.errors.contains("say with --type what kind of program program is"))
        #expect(load.exitCode == 2)
    }
}
