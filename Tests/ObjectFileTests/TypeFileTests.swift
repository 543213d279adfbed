import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// Types from files of any form.
@Suite struct TypeFileTests {
    @Test func `bare types and those in ELF files are found`() throws {
        let object = try BTF(file: try Fixture.bytes("core"))
        #expect(object.first(named: "task", kind: .structure) != nil)
        #expect(try BTF(file: object.bytes).count == object.count)
    }

    @Test func `what extends others says so`() throws {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4)))
        let base = try builder.build()
        for type: BTFType in [.pointer(number), .alias(name: "number", number)] {
            var module = BTFBuilder(base: base)
            _ = module.add(type)
            let bytes = try module.bytes()
            #expect(BTF.needsBase(bytes))
            #expect(try BTF(file: bytes, base: base).count == 3)
            do {
                _ = try BTF(file: bytes)
                Issue.record("types without their base were read")
            } catch {
                let words = "these types extend others, as those of a module extend the kernel's; "
                #expect("\(error)".contains(words), "\(error)")
            }
        }
        #expect(!BTF.needsBase(base.bytes) && !BTF.needsBase([]))
    }

    @Test func `files without types are named`() throws {
        let rows: [([UInt8], String)] = [
            ([], "a header has 24 bytes, here are 0"),
            (
                try Fixture.bytes("legacy"),
                "the object has no section .BTF; it may have been stripped"
            ),
            (Array(try Fixture.bytes("core").prefix(80)), "expected 64 bytes, but only 0 are left"),
        ]
        for (bytes, message) in rows {
            #expect(performing: { try BTF(file: bytes) }, throws: { "\($0)".contains(message) })
        }
    }

    @Test(
        .enabled(if: FileManager.default.isReadableFile(atPath: "/bin/ls"), "there is no /bin/ls"))
    func `programs of other machines may have types`() {
        let message = "/bin/ls: the object has no section .BTF; it may have been stripped"
        #expect(performing: { try BTF(contentsOf: "/bin/ls") }, throws: { "\($0)" == message })
    }
}
