import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

@Suite(.liveKernel) struct ControlGroupCommandTests {
    private static func programs(
        of group: String, _ options: String...
    ) async throws -> [[String: Any]] {
        let session = await Session.run(["cgroup", "list", group, "--json"] + options)
        #expect(session.exitCode == 0)
        return try #require(session.json["programs"] as? [[String: Any]])
    }

    @Test func `programs are attached, listed as bpftool lists them, and detached`() async throws {
        let child = try ChildGroup("command")
        let program = try TestCounter().program("cgroup/connect4", returning: 1, name: "connects")
        let attached = await Session.run(
            "cgroup", "attach", child.path, "connect4", "\(program.id)")
        #expect(attached.exitCode == 0)
        #expect(attached.errors.isEmpty)
        let listed = try #require(try await Self.programs(of: child.path).first)
        #expect(listed["hook"] as? String == "cgroup_inet4_connect")
        #expect(listed["program"] as? Int == Int(program.id))
        #expect(listed["programName"] as? String == "connects")
        #expect(listed["mode"] as? String == "multi")
        #expect(listed["link"] is NSNull)

        let theirs = try Self.bpftool("cgroup", "show", child.path)
        if let theirs {
            #expect(theirs.first?["id"] as? Int == Int(program.id))
            #expect(theirs.first?["attach_type"] as? String == "cgroup_inet4_connect")
            #expect(theirs.first?["attach_flags"] as? String == "multi")
        }
        let tree = await Session.run("cgroup", "tree", child.path)
        #expect(tree.output.contains(child.path))
        #expect(tree.output.contains("cgroup_inet4_connect"))

        let detached = await Session.run(
            "cgroup", "detach", child.path, "cgroup_inet4_connect", "\(program.id)")
        #expect(detached.exitCode == 0)
        #expect(try await Self.programs(of: child.path).isEmpty)
        let empty = await Session.run("cgroup", "tree", child.path)
        #expect(empty.output == "no group below \(child.path) has programs\n")
    }

    @Test func `the link that holds a program is shown, and what groups above give`() async throws {
        let child = try ChildGroup("holder")
        let program = try TestCounter().program("cgroup/connect4", returning: 1)
        let link = try program.attach(toControlGroup: child.path, method: .link)
        let id = try #require(try link.info()).id
        let listed = try #require(try await Self.programs(of: child.path).first)
        #expect(listed["link"] as? Int == Int(id))
        let effective = try await Self.programs(of: child.path, "--effective")
        #expect(effective.contains { $0["program"] as? Int == Int(program.id) })
        #expect(effective.allSatisfy { $0["mode"] is NSNull })
        try link.detach()
    }

    @Test(arguments: [
        (["list", "/tmp"], "it is not a control group"),
        (["attach", "/", "connect5", "1"], "there is no hook \"connect5\""),
        (["detach", "/", "xdp", "1"], "there is no hook \"xdp\""),
    ])
    func `what is wrong is said`(_ arguments: [String], _ reason: String) async throws {
        let root = try ControlGroup.root()
        let session = await Session.run(["cgroup"] + arguments.map { $0 == "/" ? root : $0 })
        #expect(session.exitCode == 2)
        #expect(session.errors.contains(reason))
    }

    @Test func `options that exclude each other are refused`() async throws {
        let session = await Session.run(
            "cgroup", "attach", "/", "connect4", "1", "--first", "--after", "2")
        #expect(session.exitCode == 64)
        #expect(session.errors.contains("choose one of --first, --before and --after"))
    }

    /// What bpftool prints, or nothing if there is none.
    private static func bpftool(_ arguments: String...) throws -> [[String: Any]]? {
        let path = ["/usr/sbin/bpftool", "/usr/bin/bpftool"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let path else {
            print("➜ Comparison with bpftool skipped: it is not installed")
            return nil
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-j"] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    }
}
