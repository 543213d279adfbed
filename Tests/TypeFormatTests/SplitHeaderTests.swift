import EBPFTypeFormat
import Testing

/// The C header of types that stand on others, as a module's do on the kernel's.
@Suite struct SplitHeaderTests {
    private static func base() throws -> BTF {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        _ = builder.add(
            .structure(
                .init(name: "node", size: 4, members: [.init("value", number, bitOffset: 0)])))
        return try builder.build()
    }

    @Test func `types of both are printed, in one numbering of names`() throws {
        let base = try Self.base()
        var builder = BTFBuilder(base: base)
        let node = try #require(base.first(named: "node", kind: .structure))
        let pointer = builder.add(.pointer(node))
        let own = builder.add(
            .structure(
                .init(
                    name: "node", size: 16,
                    members: [
                        .init("inner", node, bitOffset: 0), .init("next", pointer, bitOffset: 64),
                    ])))
        let types = try builder.build()
        let header = try types.header()
        #expect(header.contains("struct node {\n\tint value;\n};\n"))
        #expect(
            header.contains(
                "struct node___2 {\n\tstruct node inner;\n\tstruct node *next;\n};\n"))
        #expect(try types.definition(of: own).hasPrefix("struct node {\n\tstruct node inner;\n"))
        #expect(try Array(types.header().utf8) == types.headerBytes())
    }

    @Test(arguments: [
        ("while", "while_"), ("while_", "while____2"), ("a-b", "a_b"), ("a+b", "a_b___2"),
        ("3d", "_3d"), ("__builtin_va_list", "__builtin_va_list_"), ("typeof", "typeof_"),
        ("unsigned", "unsigned_"), ("unsignedx", "unsignedx"), ("é", "__"),
    ])
    func `names are mended, and told apart as mended`(_ row: (String, String)) throws {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        for name in ["while", "while_", "a-b", "a+b", "3d", "__builtin_va_list", "typeof"] {
            _ = builder.add(.alias(name: name, number))
        }
        for name in ["unsigned", "unsignedx", "é"] { _ = builder.add(.alias(name: name, number)) }
        let header = try builder.build().header()
        #expect(header.contains("typedef int \(row.1);\n"), "\(row.0)")
    }
}
