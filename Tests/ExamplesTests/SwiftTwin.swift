import ArgumentParser
import EBPFBytecode
@testable import EBPFCommandLine
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// What a run of an example has left behind, as bytes: the same for a program in C and its twin in
/// Swift, whatever the names of types and members.
struct Traces: Equatable {
    var runs = 0
    var verdicts: [String: Int] = [:]
    /// The entries of each map that holds no data of the program's own.
    var maps: [String: Set<[UInt8]>] = [:]
    /// The bytes of each variable that programs may change.
    var variables: [String: [UInt8]] = [:]
    /// The numbers in the events of each ring buffer, from time to time.
    var events: [String: [Int]] = [:]

    /// Runs an example as `ebpf run` does it.
    init(_ arguments: [String]) async throws {
        let command = try RunCommand.parse(arguments)
        let content = try await ProgramFile.read(command.file, building: command.building)
        let session = try RunSession(command, content)
        let report = try session.run()
        runs = report.runs
        guard let object = session.object else { return }
        for (name, map) in object.maps {
            guard let spec = object.specs.maps[name], spec.contents == nil, spec.type.canBeListed,
                spec.type != .programArray
            else { continue }
            maps[Self.plain(name)] = Set(MapEntries(map).map { $0.key + $0.value })
        }
        for (name, variable) in object.specs.variables where !variable.isConstant {
            let contents = try object.maps[variable.map]?.lookup([0, 0, 0, 0]) ?? []
            variables[Self.plain(name)] = Array(contents.dropFirst(variable.offset).prefix(variable.size))
        }
        try read(Data(report.json.indented.utf8))
    }

    /// A name that is the same in both languages: `starts_by_user`, `startsByUser`.
    private static func plain(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" }
    }

    private mutating func read(_ json: Data) throws {
        let report = try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]
        verdicts = report["verdicts"] as? [String: Int] ?? [:]
        for (name, list) in report["events"] as? [String: [[String: Any]]] ?? [:] {
            events[name] = list.compactMap { $0["nanoseconds"] as? Int }
        }
    }
}

/// A program in Swift, beside one in C that does the same.
struct SwiftTwin: Sendable, CustomTestStringConvertible {
    let name: String
    let program: String
    /// The program that fills maps before the first packet.
    var first: String?
    /// What the application puts into maps.
    var updates: [String] = []

    var testDescription: String { name }

    static let all = [
        SwiftTwin(name: "packet-counter", program: "countPackets"),
        SwiftTwin(name: "firewall", program: "firewall", first: "loadRules"),
        SwiftTwin(name: "flow-latency", program: "flowLatency"),
        SwiftTwin(
            name: "service-chain", program: "parseEthernet",
            updates: [
                "chain=0:parseVLAN", "chain=1:parseIPv4", "chain=2:parseIPv6", "chain=3:parseTCP",
                "chain=4:parseUDP",
            ]),
        SwiftTwin(name: "load-balancer", program: "balance", first: "fillRing"),
    ]

    /// The command line of `ebpf run` for it, made from that of its twin.
    func arguments(_ expected: Expectation) -> [String] {
        var arguments = expected.arguments
        arguments[0] = arguments[0].replacing(".bpf.c", with: ".swift")
        if let index = arguments.firstIndex(of: "--program") { arguments[index + 1] = program }
        if let first, let index = arguments.firstIndex(of: "--initialize") {
            arguments[index + 1] = first
        }
        return arguments + updates.flatMap { ["--update", $0] }
    }
}
