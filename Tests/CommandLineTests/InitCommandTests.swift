import Foundation
import Testing

/// `ebpf init`: a package that is there at once.
@Suite struct InitCommandTests {
    @Test(arguments: ["xdp", "trace"])
    func `a package has a program, an application and tests`(_ kind: String) async throws {
        let workspace = try Workspace()
        let root = "\(workspace.path)/Firewall"
        let session = await Session.run("init", "--\(kind)", "Firewall", "--directory", root)
        #expect(session.exitCode == 0, "\(session.errors)")
        for path in [
            "Package.swift", "Sources/FirewallProgram/FirewallProgram.swift",
            "Sources/firewall/main.swift", "Tests/FirewallTests/FirewallTests.swift",
        ] {
            #expect(session.output.contains("\(root)/\(path)\n"))
            #expect(FileManager.default.fileExists(atPath: "\(root)/\(path)"))
        }
        let again = await Session.run("init", "--\(kind)", "Firewall", "--directory", root)
        #expect(again.exitCode == 2)
        #expect(again.errors.contains("is there already"))
    }

    @Test(.enabled("a Swift toolchain is here") { hasClang }, arguments: ["xdp", "trace"])
    func `the program of a new package compiles`(_ kind: String) async throws {
        let workspace = try Workspace()
        let root = "\(workspace.path)/Probe"
        _ = await Session.run("init", "--\(kind)", "Probe", "--directory", root)
        let built = await Session.run(
            "build", "\(root)/Sources/ProbeProgram/ProbeProgram.swift", "-o", "\(root)/probe.o")
        #expect(built.exitCode == 0, "\(built.errors)")
    }

    @Test(arguments: ["firewall", "1st", "My-Firewall", "XProgram"])
    func `a name that cannot be a type is refused`(_ name: String) async {
        let session = await Session.run("init", "--xdp", name)
        #expect(session.exitCode == 64)
        #expect(session.errors.contains("cannot be a type"))
    }
}
