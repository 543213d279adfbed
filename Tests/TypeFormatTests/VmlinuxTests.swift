import EBPFTypeFormat
import Foundation
import Testing

@Suite(.enabled(if: RunningKernel.isReadable, "the running kernel shows its types"))
struct VmlinuxTests {
    @Test func `every type of the running kernel decodes and has a size if it should`() throws {
        let types = try BTF(RunningKernel.bytes())
        #expect(types.count > 1_000)
        for id in types.typeIDs {
            switch try types.type(id) {
            case .structure(let type), .union(let type):
                #expect(try types.size(of: id) == type.size)
            case .pointer: #expect(try types.size(of: id) == 8)
            default: break
            }
        }
        let task = try #require(types.first(named: "task_struct", kind: .structure))
        #expect(try types.size(of: task) > 1_000)
        #expect(try types.members(of: task).contains { $0.name == "pid" })
    }

    @Test func `scans and the index find the same types`() throws {
        let bytes = try RunningKernel.bytes()
        let names = ["task_struct", "int", "sk_buff", "vfs_read", "no such type", "", "__be32"]
        let indexed = try BTF(bytes)
        for _ in 0..<20 { _ = indexed.first(named: "nothing") }
        for name in names {
            let scanned = try BTF(bytes)
            #expect(scanned.types(named: name) == indexed.types(named: name))
            for kind in TypeKind.allCases {
                #expect(
                    scanned.first(named: name, kind: kind)
                        == indexed.types(named: name, kind: kind).first
                )
            }
        }
    }

    @Test(.enabled(if: Tool("bpftool") != nil, "bpftool is installed"))
    func `the dump of the running kernel's types is bpftool's`() throws {
        let bpftool = try #require(Tool("bpftool"))
        let run = try bpftool.run(["btf", "dump", "file", RunningKernel.path])
        try #require(run.status == 0)
        let types = try BTF(RunningKernel.bytes())
        var ours: [UInt8] = []
        for id in types.typeIDs { ours += (try types.summary(of: id) + "\n").utf8 }
        guard ours != run.output else { return }
        let lines = zip(ours.split(separator: 10), run.output.split(separator: 10))
        for (our, their) in lines where our != their {
            Issue.record(
                "\(String(decoding: our, as: UTF8.self)), bpftool: \(String(decoding: their, as: UTF8.self))"
            )
            return
        }
    }

    @Test func `the running kernel's types are the same after building them anew`() throws {
        let types = try BTF(RunningKernel.bytes())
        let copy = try BTFBuilder(extending: types).build()
        #expect(copy.count == types.count)
        for id in types.typeIDs {
            guard try copy.type(id) != types.type(id) else { continue }
            Issue.record("type \(id) differs")
            return
        }
    }
}
