import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// libbpf as the oracle: what it would load is what we make of the same objects.
@Suite(.enabled(if: Libbpf.isUsable, "gcc, libbpf and root are needed"))
struct LibbpfComparisonTests {
    @Test(
        .enabled(if: InstalledTools.isInstalled, "package libbpf-tools is not installed"),
        .enabled(if: Libbpf.kernelTypes != nil, "the running kernel does not show its types")
    )
    func `the tools get the instructions that libbpf gives them`() throws {
        let target = try BTF(try #require(Libbpf.kernelTypes))
        var jobs: [Libbpf.Job] = []
        for path in InstalledTools.paths {
            for object in ObjectFile.embedded(in: try ObjectFile.bytes(contentsOf: path)) {
                let name = (path as NSString).lastPathComponent
                jobs.append(Libbpf.Job(name: name, object: object.bytes, target: target))
            }
        }
        let tally = try Libbpf.compare(jobs)
        #expect(tally.objects == jobs.count && tally.refused == 0)
        #expect(tally.programs > 200 && tally.relocations > 500)
        print("libbpf and we agree on the tools: \(tally)")
    }

    @Test func `kernels that never were get the instructions that libbpf gives them`() throws {
        let object = try Fixture.bytes("relocations")
        let types = try #require(try Fixture.specs("relocations").types)
        let jobs = try (0..<200).map { seed in
            var kernel = try InventedKernel(types, seed: UInt64(seed))
            let target = try kernel.build()
            return Libbpf.Job(
                name: "kernel \(seed)",
                object: object,
                target: target,
                targetBytes: target.bytes
            )
        }
        let tally = try Libbpf.compare(jobs)
        #expect(tally.objects == jobs.count && tally.refused > 0 && tally.poisoned > 100)
        print("libbpf and we agree on invented kernels: \(tally)")
    }
}
