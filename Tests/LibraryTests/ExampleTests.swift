import EBPF
import EBPFCompilation
import EBPFTestSupport
import ExecWatch
import Foundation
import Testing

/// The example application, over both hosts.
@Suite struct ExampleTests {
    private static func specs(_ path: String) async throws -> ObjectSpecs {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Examples/\(path)").standardizedFileURL.path
        let object =
            path.hasSuffix(".swift")
            ? try await SwiftCompiler.ofThisPackage().compile([file])
            : try await CCompiler().compile(.file(file))
        return try ObjectFile(object.bytes, name: path).specs()
    }

    @Test(arguments: TestHost.allCases, ["exec-snoop.bpf.c", "exec-snoop.swift"])
    func `starts of programs are told and counted`(_ host: TestHost, _ source: String)
        async throws
    {
        let snoop = try await Self.specs("ExecSnoop/\(source)")
        let counter = try await Self.specs("ExecCounter/exec-counter.bpf.c")
        // A shell that becomes another program when it is told to: only it is watched.
        let child = try WaitingShell()
        defer { child.end() }
        let machine = UserSpaceHost()
        let watch = try ExecWatch(
            on: host == .kernel ? host.make() : .userSpace(machine), snoop: snoop,
            counter: counter, process: host == .kernel ? child.id : 0,
            greetings: [getuid(): "hello"])
        switch host {
        case .kernel: try child.goOn()
        case .userSpace:
            try machine.trigger(
                MachineHook(.tracepoint, "syscalls:sys_enter_execve"),
                context: [UInt8](repeating: 0, count: 64))
        }
        var iterator = watch.starts.makeAsyncIterator()
        let start = try #require(try await iterator.next())
        #expect(start.user == getuid())
        #expect("\(start.message)" == "hello")
        if host == .kernel {
            #expect(start.process == child.id)
            #expect(start.parent == UInt32(getpid()))
            #expect("\(start.command)" == "sh")
        }
        #expect(try watch.startsByUser()[getuid()] == 1)
        #expect(try watch.lost == 0)
    }
}

/// A shell that waits for a line and then becomes true(1).
private final class WaitingShell {
    private let process = Process()
    private let input = Pipe()

    init() throws {
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "read line; exec /bin/true"]
        process.standardInput = input
        try process.run()
    }

    var id: UInt32 { UInt32(process.processIdentifier) }

    func goOn() throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        process.waitUntilExit()
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
