import EBPFTypeFormat
import Foundation
import Testing

/// Type information made to hurt: every question ends soon, with an answer or an error.
@Suite struct HostileTests {
    private func types(_ list: [BTFType]) throws -> BTF {
        var builder = BTFBuilder()
        for type in list { _ = builder.add(type) }
        return try builder.build()
    }

    private func array(of element: UInt32, count: UInt32) -> BTFType {
        .array(ArrayType(element: TypeID(element), index: TypeID(element), count: count))
    }

    /// Asks everything about every type; what is thrown does not matter, only that it ends.
    static func interrogate(_ types: BTF) {
        for id in types.typeIDs {
            _ = try? types.type(id)
            _ = try? types.name(of: id)
            _ = try? types.summary(of: id)
            _ = try? types.declaration(of: id, name: "name")
            _ = try? types.definition(of: id)
            _ = try? types.resolve(id)
            _ = try? types.alignment(of: id)
            _ = try? types.members(of: id)
            _ = try? types.prototype(of: id)
            _ = try? types.declarationTags(on: id)
            guard let format = try? types.format(of: id) else { continue }
            let bytes = [UInt8](repeating: 0x41, count: min(max(format.size, 0), 4096))
            _ = try? format.value(in: bytes)
            _ = try? format.bytes(from: "[[1], {a: 2}]")
        }
        _ = try? types.header()
        _ = types.first(named: "everything")
        _ = types.types(named: "int", kind: .integer)
    }

    @Test func `circles are errors`() throws {
        let rows: [[BTFType]] = [
            [.constant(TypeID(2)), .volatile(TypeID(1))],
            [.alias(name: "a", TypeID(1))],
            [array(of: 1, count: 1)],
            [
                .structure(
                    .init(name: "s", size: 8, members: [.init("s", TypeID(1), bitOffset: 0)])
                )
            ],
            [.functionPrototype(.init(result: TypeID(1), parameters: [.init("f", TypeID(1))]))],
            [.pointer(TypeID(1))],
            [.variable(name: "v", TypeID(1), .global)],
            [.function(name: "f", prototype: TypeID(1), .global)],
            [
                .dataSection(
                    .init(name: ".d", size: 4, variables: [.init(TypeID(1), offset: 0, size: 4)])
                )
            ],
            [
                .union(
                    .init(
                        name: "",
                        size: 8,
                        members: [
                            .init("", TypeID(1), bitOffset: 0), .init("", TypeID(1), bitOffset: 0),
                        ]
                    )
                )
            ],
        ]
        for row in rows { Self.interrogate(try types(row)) }
        #expect(throws: BTFError(.type(TypeID(1)), .tooDeep)) {
            try types(rows[0]).resolve(TypeID(1))
        }
        #expect(throws: BTFError(.type(TypeID(1)), .tooDeep)) {
            try types(rows[2]).size(of: TypeID(1))
        }
        #expect(throws: BTFError(.type(TypeID(1)), .tooDeep)) {
            try types(rows[3]).format(of: TypeID(1))
        }
    }

    @Test func `arrays of arrays of four billion are too large or not shown`() throws {
        let byte = BTFType.integer(IntegerType(name: "__u16", size: 2))
        let single = try types([byte, array(of: 1, count: .max)])
        #expect(try single.size(of: TypeID(2)) == 2 * Int(UInt32.max))
        #expect(throws: BTFError.self) { try single.value(of: TypeID(2), in: [1, 2, 3]) }
        #expect(throws: BTFError.self) { try single.format(of: TypeID(2)).bytes(from: "[]") }
        let nested = try types([
            byte, array(of: 1, count: .max), array(of: 2, count: .max), array(of: 3, count: .max),
        ])
        #expect(throws: BTFError(.type(TypeID(4)), .tooLarge)) { try nested.size(of: TypeID(4)) }
        let empty = try types([
            .structure(.init(name: "none", size: 0, members: [])), array(of: 1, count: .max),
        ])
        #expect(throws: BTFError(.value(""), .tooManyParts)) {
            try empty.value(of: TypeID(2), in: [])
        }
    }

    @Test func `a million nested types end`() throws {
        let list = (1...1_000_000).map { BTFType.pointer(TypeID(UInt32($0 - 1))) }
        let pointers = try types(list)
        #expect(throws: BTFError.self) { try pointers.prototype(of: TypeID(1_000_000)) }
        #expect(try pointers.size(of: TypeID(1_000_000)) == 8)
        let constants = try types((1...100_000).map { .constant(TypeID(UInt32($0 - 1))) })
        #expect(throws: BTFError(.type(TypeID(100_000)), .tooDeep)) {
            try constants.resolve(TypeID(100_000))
        }
    }

    @Test func `structures that double at each level end`() throws {
        var list: [BTFType] = [.structure(.init(name: "s0", size: 0, members: []))]
        for level in 1...60 {
            let inner = TypeID(UInt32(level))
            list.append(
                .structure(
                    .init(
                        name: "s\(level)",
                        size: 0,
                        members: [
                            .init(level.isMultiple(of: 2) ? "" : "a", inner, bitOffset: 0),
                            .init("b", inner, bitOffset: 0),
                        ]
                    )
                )
            )
        }
        let types = try types(list)
        let last = TypeID(UInt32(list.count))
        #expect(try types.alignment(of: last) == 1)
        #expect(throws: BTFError.self) { try types.format(of: last) }
        #expect(try types.header().contains("struct s60 {"))
    }

    @Test func `members and bits outside their struct are errors`() throws {
        let number = BTFType.integer(IntegerType(name: "int", size: 4))
        let rows: [CompositeType.Member] = [
            .init("far", TypeID(1), bitOffset: 0xffff_fff8),
            .init("wide", TypeID(1), bitOffset: 7, bitFieldSize: 255),
            .init("past", TypeID(1), bitOffset: 31, bitFieldSize: 32),
            .init("odd", TypeID(1), bitOffset: 3),
        ]
        for member in rows {
            let types = try types([
                number, .structure(.init(name: "s", size: 4, members: [member])),
            ])
            #expect(throws: BTFError.self) {
                try types.value(of: TypeID(2), in: [1, 2, 3, 4])
            }
            #expect(throws: BTFError.self) {
                try types.format(of: TypeID(2)).bytes(from: "[1]")
            }
        }
    }

    @Test func `every truncation is an error or harmless`() throws {
        let bytes = try Fixture.bytes("kinds")
        for count in bytes.indices {
            let error = #expect(throws: BTFError.self) { try BTF(Array(bytes[..<count])) }
            #expect(error?.description.isEmpty == false)
        }
        #expect(try BTF(bytes + [1, 2, 3]).count == BTF(bytes).count)
    }

    /// All bytes in the slow lane, else a sample.
    private static let step = ProcessInfo.processInfo.environment["EBPF_SLOW_TESTS"] == nil ? 23 : 1

    @Test(arguments: [0x00, 0x01, 0x7f, 0x80, 0xff] as [UInt8])
    func `every changed byte is an error or harmless`(value: UInt8) throws {
        let bytes = try Fixture.bytes("kinds")
        let original = try BTF(bytes)
        for index in stride(from: Int(value) % Self.step, to: bytes.count, by: Self.step) {
            var changed = bytes
            changed[index] = value
            guard let types = try? BTF(changed), types.count <= 4 * original.count else { continue }
            Self.interrogate(types)
        }
    }

    static let headers: [(Int, [UInt8], String)] = [
        (
            0, [0xeb, 0x9f],
            "header: it is in big-endian order; "
                + "compile the program for a little-endian machine (bpfel)"
        ),
        (0, [0x7f, 0x45], "header: it starts with 0x457f, not with 0xeb9f"),
        (2, [2], "header: version 2 is not known; the only one is 1"),
        (4, [8], "header: the header cannot be 8 bytes long; it has at least 24"),
        (8, [1], "types, offset 25: types must start at a multiple of 4"),
    ]

    @Test(arguments: headers)
    func `a wrong header says what is wrong`(
        offset: Int,
        change: [UInt8],
        message: String
    ) throws {
        var bytes = try Fixture.bytes("kinds")
        bytes.replaceSubrange(offset..<offset + change.count, with: change)
        let error = #expect(throws: BTFError.self) { try BTF(bytes) }
        #expect(error?.description == "type information, " + message)
    }

    @Test func `longer headers of later versions are read`() throws {
        var bytes = try Fixture.bytes("kinds")
        bytes[4] = 32
        bytes.insert(contentsOf: [UInt8](repeating: 0xaa, count: 8), at: 24)
        let types = try BTF(bytes)
        let original = try Fixture.kinds()
        for id in original.typeIDs { #expect(try types.type(id) == original.type(id)) }
    }
}
