import EBPFTypeFormat
import Foundation
import Testing

@Suite struct HeaderTests {
    @Test func `declarations are read from the inside`() throws {
        let types = try Fixture.kinds()
        let everything = try #require(types.first(named: "everything", kind: .structure))
        let declarations = try types.members(of: everything).map {
            try types.declaration(of: $0.type, name: $0.name)
        }
        let expected = [
            "char letter", "signed char tiny", "_Bool truth", "enum state state",
            "enum balance balance", "enum wide wide", "char comm[16]", "__u8 digest[8]",
            "__u8 filename[8]", "const volatile int number", "struct later *next",
            "int (*function)(struct later *, int, ...)",
            "union {\n\tstruct {\n\t\t__u32 x;\n\t\t__u32 y;\n\t};\n\t__u64 both;\n}",
            "union {\n\tfloat single;\n\t__u32 raw;\n} real", "double precise", "int matrix[2][3]",
            "char words[2][4]", "struct bits bits", "unsigned __int128 giant", "__u64 *user",
        ]
        #expect(declarations == expected)
    }

    @Test func `qualifiers and functions stand where C wants them`() throws {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4)))
        let constant = builder.add(.constant(number))
        let pointer = builder.add(.pointer(constant))
        let constantPointer = builder.add(.constant(pointer))
        let restricted = builder.add(.restrict(pointer))
        let array = builder.add(.array(.init(element: pointer, index: number, count: 3)))
        let arrayPointer = builder.add(.pointer(array))
        let prototype = builder.add(
            .functionPrototype(.init(result: arrayPointer, parameters: [.init("a", number)]))
        )
        let callback = builder.add(.pointer(prototype))
        let getter = builder.add(
            .functionPrototype(.init(result: callback, parameters: []))
        )
        let types = try builder.build()
        let rows: [(TypeID, String)] = [
            (constantPointer, "const int *const x"), (restricted, "const int *restrict x"),
            (array, "const int *x[3]"), (arrayPointer, "const int *(*x)[3]"),
            (prototype, "const int *(*x(int a))[3]"),
            (callback, "const int *(*(*x)(int a))[3]"),
            (getter, "const int *(*(*x(void))(int a))[3]"), (.void, "void x"),
        ]
        for (id, text) in rows { #expect(try types.declaration(of: id, name: "x") == text) }
        #expect(try types.declaration(of: callback) == "const int *(*(*)(int a))[3]")
    }

    @Test func `names that C does not allow are changed, and no two are the same`() throws {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "u32", size: 4)))
        for name in ["node", "node", "Option<u32>", "while"] {
            _ = builder.add(
                .structure(
                    .init(name: name, size: 4, members: [.init("0", number, bitOffset: 0)])
                )
            )
        }
        for value: Int64 in [1, 2] {
            _ = builder.add(.enumeration(.init(name: "", enumerators: [.init("ONE", value)])))
        }
        let header = try builder.build().header()
        for text in [
            "struct node {\n\tunsigned int _0;\n};", "struct node___2 {", "struct Option_u32_ {",
            "struct while_ {", "enum {\n\tONE = 1,\n};", "enum {\n\tONE___2 = 2,\n};",
        ] {
            #expect(header.contains(text), "\(text)")
        }
    }

    @Test(.enabled(if: Compiler.isAvailable, "clang for BPF is installed"))
    func `the header of the fixture has the same layouts`() throws {
        try expectSameLayouts(try Fixture.kinds())
    }

    @Test(.enabled(if: Compiler.isAvailable, "clang for BPF is installed"))
    func `gaps, packing and odd sizes keep their layouts`() throws {
        try expectSameLayouts(try BTF(Fixture.bytes("layouts")))
    }

    @Test(
        .enabled(if: Compiler.isAvailable, "clang for BPF is installed"),
        .enabled(if: RunningKernel.isReadable, "the running kernel shows its types")
    )
    func `the header of the running kernel compiles and has the same layouts`() throws {
        try expectSameLayouts(try BTF(RunningKernel.bytes()))
    }

    /// Compiles the header and compares what clang says about each struct with what the header
    /// was made from.
    ///
    /// Sizes and offsets are asserted in C. Bit-fields have none there: of the structs that have
    /// them, and in the slow lane of all, a variable is made, whose type clang then describes.
    private func expectSameLayouts(_ types: BTF) throws {
        let expected = try Layouts(types)
        try #require(!expected.byTag.isEmpty)
        var source = "#include \"types.h\"\n"
        for (index, tag) in expected.byTag.keys.sorted().enumerated() {
            guard let layout = expected.byTag[tag] else { continue }
            for assertion in layout.assertions(tag) {
                source += "_Static_assert(\(assertion), \"\(tag)\");\n"
            }
            if layout.hasBitFields || isSlowLane { source += "\(tag) variable_\(index);\n" }
        }
        let compiled = try Compiler.types(
            of: source + "int last;\n",
            header: try types.header()
        )
        let found = try Layouts(compiled)
        for (tag, layout) in expected.byTag where layout.hasBitFields || isSlowLane {
            #expect(found.byTag[tag]?.members == layout.members, "\(tag)")
        }
    }

    private var isSlowLane: Bool {
        ProcessInfo.processInfo.environment["EBPF_SLOW_TESTS"] != nil
    }
}

/// The layout of every struct and union with a name.
private struct Layouts {
    struct Layout {
        var size: Int
        var members: [Member] = []

        var hasBitFields: Bool { members.contains(where: \.isBitField) }

        func assertions(_ tag: String) -> [String] {
            ["sizeof(\(tag)) == \(size)"]
                + members.filter { !$0.isBitField }.map {
                    "__builtin_offsetof(\(tag), \($0.name)) == \($0.bitOffset / 8)"
                }
        }
    }

    struct Member: Hashable {
        var name: String
        var bitOffset: Int
        var bitCount: Int
        var isBitField: Bool
    }

    var byTag: [String: Layout] = [:]

    init(_ types: BTF) throws {
        // Tags have one namespace; the second type with a name gets another one in the header.
        var names: Set<String> = []
        for id in types.typeIDs {
            let keyword: String
            let composite: CompositeType
            switch try types.type(id) {
            case .structure(let type): (keyword, composite) = ("struct", type)
            case .union(let type): (keyword, composite) = ("union", type)
            case .enumeration(let type):
                names.insert(type.name)
                continue
            default: continue
            }
            guard !composite.name.isEmpty, names.insert(composite.name).inserted
            else { continue }
            var layout = Layout(size: composite.size)
            try Self.collect(composite, types, at: 0, into: &layout.members)
            byTag["\(keyword) \(composite.name)"] = layout
        }
    }

    private static func collect(
        _ composite: CompositeType,
        _ types: BTF,
        at offset: Int,
        into members: inout [Member]
    ) throws {
        for member in composite.members where member.name != "__padding" {
            let place = offset + member.bitOffset
            if !member.name.isEmpty {
                members.append(
                    Member(
                        name: member.name,
                        bitOffset: place,
                        bitCount: try member.bitFieldSize ?? (8 * types.size(of: member.type)),
                        isBitField: member.bitFieldSize != nil
                    )
                )
                continue
            }
            switch try types.resolvedType(member.type) {
            case .structure(let inner), .union(let inner):
                try collect(inner, types, at: place, into: &members)
            default: continue
            }
        }
    }
}

/// The clang of the Swift toolchain.
private enum Compiler {
    static let clang = Tool("clang")
    static let objcopy = Tool("llvm-objcopy")

    static var isAvailable: Bool {
        guard let clang, objcopy != nil, let run = try? clang.run(["--print-targets"])
        else { return false }
        return String(decoding: run.output, as: UTF8.self).contains("bpfel")
    }

    /// The types that clang records for a source that includes `types.h`.
    static func types(of source: String, header: String) throws -> BTF {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = { (name: String) in folder.appendingPathComponent(name) }
        try Data(source.utf8).write(to: path("source.c"))
        try Data(header.utf8).write(to: path("types.h"))
        let compilation = try #require(clang).run([
            "--target=bpfel", "-g", "-O2", "-c", "-w", path("source.c").path, "-o",
            path("object.o").path,
        ])
        try #require(compilation.status == 0, "\(compilation.errors.prefix(2_000))")
        let extraction = try #require(objcopy).run([
            "--dump-section", ".BTF=\(path("types.btf").path)", path("object.o").path,
            "/dev/null",
        ])
        try #require(extraction.status == 0, "\(extraction.errors)")
        return try BTF([UInt8](Data(contentsOf: path("types.btf"))))
    }
}
