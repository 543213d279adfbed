import EBPFTypeFormat
import Foundation
import Testing

@Suite struct VmlinuxTests {
    static let path = "/sys/kernel/btf/vmlinux"
    static var isReadable: Bool { FileManager.default.isReadableFile(atPath: path) }

    @Test(.enabled(if: isReadable, "the running kernel shows its types"))
    func `every type of the running kernel decodes`() throws {
        let types = try BTF([UInt8](Data(contentsOf: URL(fileURLWithPath: Self.path))))
        #expect(types.count > 1_000)
        for id in types.typeIDs { _ = try types.type(id) }
        let task = try #require(types.first(named: "task_struct", kind: .structure))
        #expect(try types.size(of: task) > 1_000)
        #expect(try types.members(of: task).contains { $0.name == "pid" })
    }
}
