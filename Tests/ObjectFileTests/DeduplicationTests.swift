import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// libbpf's deduplication as the oracle.
@Suite(.enabled(if: Libbpf.isUsable, "gcc, libbpf and root are needed"))
struct DeduplicationTests {
    @Test(.enabled(if: InstalledTools.isInstalled, "package libbpf-tools is not installed"))
    func `the types of all tools together are those that libbpf leaves`() throws {
        var parts: [BTF] = []
        for path in InstalledTools.paths {
            for object in ObjectFile.embedded(in: try ObjectFile.bytes(contentsOf: path)) {
                parts.append(try #require(try ObjectFile(object.bytes).specs().types))
            }
        }
        try expectSameTypes(parts)
    }

    @Test func `the types of all fixtures together are those that libbpf leaves`() throws {
        let parts = try Fixture.sound.compactMap { try Fixture.specs($0).types }
        try expectSameTypes(parts)
    }

    @Test(
        .enabled(if: Libbpf.kernelTypes != nil, "the running kernel does not show its types"),
        .enabled(if: ProcessInfo.processInfo.environment["EBPF_SLOW_TESTS"] != nil, "slow")
    )
    func `twice the kernel's types are the kernel's types`() throws {
        let types = try BTF(try #require(Libbpf.kernelTypes))
        let once = try Deduplication(of: [types]).types
        let twice = try Deduplication(of: [types, types]).types
        #expect(once.count == types.count && twice.count == types.count)
        #expect(twice.bytes == once.bytes)
    }

    /// Compares type by type, with all numbers.
    private func expectSameTypes(_ parts: [BTF]) throws {
        let theirs = try Libbpf.deduplicate(parts)
        let ours = try Deduplication(of: parts)
        #expect(ours.types.count == theirs.count)
        for id in theirs.typeIDs {
            guard id.rawValue < ours.types.count, try ours.types.type(id) != theirs.type(id)
            else { continue }
            Issue.record("type \(id): \(try ours.types.type(id)), libbpf: \(try theirs.type(id))")
            break
        }
        #expect(try ours.types.header() == theirs.header())
        let total = parts.reduce(0) { $0 + $1.count }
        print("\(total) types of \(parts.count) objects become \(ours.types.count)")
        for (index, part) in parts.enumerated() {
            for id in part.typeIDs {
                let number = ours.number(of: id, in: index)
                #expect(try ours.types.name(of: number) == part.name(of: id))
            }
        }
    }
}
