import EBPFTypeFormat
import Testing

/// Memory of which its owner says that it has been checked, rightly or wrongly.
@safe private final class ClaimedMemory: TypeMemory, @unchecked Sendable {
    // SAFETY: allocated here, written before anyone else sees it, and freed in `deinit`.
    private let copy: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        unsafe copy = .allocate(byteCount: bytes.count, alignment: 8)
        unsafe copy.copyBytes(from: bytes)
    }

    deinit { unsafe copy.deallocate() }

    var typeBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(copy) }
    var areChecked: Bool { true }
}

@Suite struct CheckedMemoryTests {
    private static func bytes() throws -> [UInt8] {
        var builder = BTFBuilder()
        for number in 0..<200 {
            _ = builder.add(.integer(IntegerType(name: "number\(number)", size: 4)))
        }
        return try builder.build().bytes
    }

    @Test func `a look-up that is the first question finds what later ones find`() throws {
        let bytes = try Self.bytes()
        let checked = try BTF(bytes)
        for name in ["number0", "number63", "number64", "number199", "number200"] {
            let claimed = try BTF(memory: ClaimedMemory(bytes))
            let first = claimed.first(named: name, kind: .integer)
            #expect(first == checked.first(named: name), "\(name)")
            #expect(claimed.first(named: name) == first, "\(name)")
            #expect(claimed.count == 201)
        }
        let claimed = try BTF(memory: ClaimedMemory(bytes))
        #expect(try claimed.type(TypeID(150)) == checked.type(TypeID(150)))
    }

    @Test func `of wrongly claimed memory the types after the first fault do not exist`() throws {
        var bytes = try Self.bytes()
        // The kind of the 100th of types of 16 bytes; the header has 24.
        let kind = 24 + 99 * 16 + 7
        bytes[kind] = 0x7f
        #expect(throws: BTFError(.types(offset: kind - 7), .unknownKind(0x7f))) {
            try BTF(bytes)
        }
        let claimed = try BTF(memory: ClaimedMemory(bytes))
        #expect(claimed.first(named: "number150") == nil)
        #expect(claimed.first(named: "number98") == TypeID(99))
        #expect(claimed.count == 100)
        #expect(throws: BTFError.self) { try claimed.type(TypeID(100)) }
        HostileTests.interrogate(claimed)
    }
}
