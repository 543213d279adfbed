import EBPFCompilation
import EBPFTestSupport
import Foundation
import Testing

/// The examples in Swift, beside their twins in C.
@Suite(.enabled("a Swift toolchain is here") { (try? SwiftCompiler.ofThisPackage()) != nil })
struct SwiftExampleTests {
    @Test(arguments: SwiftTwin.all)
    func `an example in Swift leaves the same behind as its twin in C`(_ twin: SwiftTwin)
        async throws
    {
        let expected = try Expectation(twin.name)
        let ours = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pcap").path
        let theirs = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pcap").path
        defer {
            try? FileManager.default.removeItem(atPath: ours)
            try? FileManager.default.removeItem(atPath: theirs)
        }
        let c = try await Traces(expected.arguments + ["--output", theirs])
        let swift = try await Traces(twin.arguments(expected) + ["--output", ours])

        #expect(swift.runs == expected.runs)
        #expect(swift.verdicts == c.verdicts)
        #expect(swift.maps.keys.sorted() == c.maps.keys.sorted())
        for (name, entries) in c.maps { #expect(swift.maps[name] == entries, "\(name)") }
        for (name, value) in c.variables { #expect(swift.variables[name] == value, "\(name)") }
        #expect(swift.events == c.events)
        #expect(try Self.bytes(ours) == Self.bytes(theirs))
    }

    @Test(arguments: ["drop", "answer", "stop"])
    func `pings are treated alike in Swift and C`(_ what: String) async throws {
        let path = "\(Expectation.examples)/Ping/ping"
        let capture = ["--json", "--pcap", "\(Expectation.examples)/Captures/lan.pcapng"]
        let c = try await Traces(["\(path).bpf.c", "--program", "\(what)_pings"] + capture)
        let swift = try await Traces(["\(path).swift", "--program", "\(what)Pings"] + capture)
        #expect(swift == c)
        #expect(c.variables.values.contains { $0.first == 9 })
    }

    private static func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path))
    }
}
