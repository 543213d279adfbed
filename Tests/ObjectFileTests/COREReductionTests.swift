import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// The few types that objects need, made of all types of the running kernel.
@Suite(
    .enabled(if: InstalledTools.isInstalled, "package libbpf-tools is not installed"),
    .enabled(if: Libbpf.kernelTypes != nil, "the running kernel does not show its types"))
struct COREReductionTests {
    private static let bpftool = ["/usr/sbin/bpftool", "/sbin/bpftool"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static func objects() throws -> [(name: String, bytes: [UInt8])] {
        try InstalledTools.paths.flatMap { path in
            ObjectFile.embedded(in: try ObjectFile.bytes(contentsOf: path)).map {
                ((path as NSString).lastPathComponent, $0.bytes)
            }
        }
    }

    /// The answers of a kernel's types to all relocations of an object.
    private static func answers(_ specs: ObjectSpecs, _ types: BTF) throws -> [String] {
        try CORECheck(specs, against: types).programs.flatMap(\.outcomes).map { outcome in
            switch outcome.result {
            // Types have other numbers.
            case .resolved where outcome.relocation.kind == .typeIDTarget: "number"
            case .resolved(let value): "\(value.local) → \(value.target)"
            case .missing: "missing"
            case .failed(let error): "\(error)"
            }
        }
    }

    @Test func `the tools get the same answers from few types`() throws {
        let kernel = try BTF(try #require(Libbpf.kernelTypes))
        var jobs: [Libbpf.Job] = []
        for (name, bytes) in try Self.objects() {
            let specs = try ObjectFile(bytes, name: name).specs()
            var reduction = COREReduction(of: kernel)
            let unanswered = try reduction.add(specs)
            let types = try reduction.types()
            let whole = try Self.answers(specs, kernel)
            #expect(try Self.answers(specs, types) == whole, "\(name)")
            #expect(unanswered.count == whole.count { $0 == "missing" })
            #expect(types.bytes.count < 16384, "\(name)")
            jobs.append(
                Libbpf.Job(
                    name: name, object: bytes, target: types, targetBytes: types.bytes))
        }
        guard Libbpf.isUsable else { return }
        // libbpf takes the few types, and makes the same instructions with them.
        let tally = try Libbpf.compare(jobs)
        #expect(tally.objects == jobs.count && tally.refused == 0)
    }

    @Test(.enabled(if: bpftool != nil, "bpftool is not installed"))
    func `structs keep the members that bpftool keeps`() throws {
        let kernel = try BTF(try #require(Libbpf.kernelTypes))
        var reduction = COREReduction(of: kernel)
        let directory = FileManager.default.temporaryDirectory.appending(path: "min-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        var files: [String] = []
        for (name, bytes) in try Self.objects() {
            _ = try reduction.add(try ObjectFile(bytes, name: name).specs())
            files.append(directory.appending(path: "\(name).o").path)
            try Data(bytes).write(to: URL(filePath: files[files.count - 1]))
        }
        let output = directory.appending(path: "min.btf").path
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.bpftool))
        process.arguments = ["gen", "min_core_btf", "/sys/kernel/btf/vmlinux", output] + files
        try process.run()
        process.waitUntilExit()
        let theirs = try Self.members(BTF(try ObjectFile.bytes(contentsOf: output)))
        let ours = try Self.members(try reduction.types())
        for (name, members) in theirs {
            #expect(members.isSubset(of: ours[name] ?? []), "\(name)")
        }
        // Where members are anonymous, bpftool keeps them with all others of their kind.
        let count = { (all: [String: Set<String>]) in all.values.reduce(0) { $0 + $1.count } }
        print(
            "members: \(count(ours)), bpftool \(count(theirs)); structs: \(ours.count), \(theirs.count)"
        )
    }

    /// The members of the structs and unions that have a name.
    private static func members(_ types: BTF) throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for id in types.typeIDs {
            switch try types.type(id) {
            case .structure(let type) where !type.name.isEmpty:
                found["struct \(type.name)", default: []].formUnion(type.members.map(\.name))
            case .union(let type) where !type.name.isEmpty:
                found["union \(type.name)", default: []].formUnion(type.members.map(\.name))
            default: break
            }
        }
        return found
    }
}
