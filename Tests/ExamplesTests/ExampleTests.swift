import ArgumentParser
@testable import EBPFCommandLine
import EBPFExecution
import EBPFTypeFormat
import Foundation
import Testing

/// Each example, compiled and run on its capture as `ebpf run` does it, compared with what was
/// computed from the capture without eBPF and agrees with what the kernel does.
@Suite struct ExampleTests {
    static let names = [
        "packet-counter", "firewall", "flow-latency", "service-chain", "load-balancer",
    ]

    @Test(arguments: names)
    func `an example finds in its capture what was computed without eBPF`(_ name: String)
        async throws
    {
        let expected = try Expectation(name)
        let output = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pcap").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        let report = try await Self.run(expected.arguments + ["--output", output])

        #expect(report["runs"] as? Int == expected.runs)
        #expect(report["verdicts"] as? [String: Int] == expected.verdicts)
        let maps = report["maps"] as? [String: [Any]] ?? [:]
        for (name, entries) in expected.maps {
            #expect(
                Set((maps[name] ?? []).map(canonical)) == Set(entries.map(canonical)),
                "\(name)"
            )
        }
        let events = report["events"] as? [String: [Any]] ?? [:]
        for (name, list) in expected.events {
            #expect((events[name] ?? []).map(canonical) == list.map(canonical), "\(name)")
        }
        let variables = Self.variables(maps)
        for (name, value) in expected.variables {
            #expect(variables[name].map(canonical) == canonical(value), "\(name)")
        }
        if let path = expected.packets { try Self.compare(output, path) }
    }

    private static func run(_ arguments: [String]) async throws -> [String: Any] {
        let command = try RunCommand.parse(arguments)
        let content = try await ProgramFile.read(command.file, building: command.building)
        let report = try RunSession(command, content).run()
        let data = Data(report.json.indented.utf8)
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// The variables of all data sections, by name.
    private static func variables(_ maps: [String: [Any]]) -> [String: Any] {
        let sections = maps.filter { $0.key.contains(".bss") || $0.key.contains(".data") }
        return sections.values.joined().reduce(into: [:]) { found, entry in
            let section = (entry as? [String: Any])?["value"] as? [String: Any] ?? [:]
            found.merge(section) { first, _ in first }
        }
    }

    /// Compares the packets that the example sent with those that the kernel sent.
    private static func compare(_ output: String, _ expected: String) throws {
        var kernel = try Capture(contentsOf: expected)
        let wanted = kernel.rest().packets.map(\.bytes)
        var ours = try Capture(contentsOf: output)
        // Packets that only pass have come from elsewhere.
        let source = wanted.first?[6..<12]
        let sent = ours.rest().packets.map(\.bytes).filter { $0[6..<12] == source }
        #expect(!wanted.isEmpty)
        #expect(sent == wanted)
    }
}
