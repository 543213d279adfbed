import Testing

@testable import EBPFCompilation

/// Modules of LLVM's text, in parts and back.
@Suite struct IRModuleTests {
    private static let text = """
        source_filename = "<swift-imported-modules>"
        target datalayout = "e-m:e-p:64:64"
        target triple = "riscv64-none-none-eabi"
        %T = type <{ i64 }>
        @"quoted name" = internal constant i64 1, align 8
        @plain.name = global %T zeroinitializer
        define i32 @f(ptr %0) #0 !dbg !1 {
        entry:
          %1 = call i64 @g(ptr %0), !dbg !2
          ret i32 0
        }
        declare i64 @g(ptr) #1
        attributes #0 = { nounwind }
        !llvm.dbg.cu = !{!0}
        !0 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !3)
        !1 = distinct !DISubprogram(name: "f, (with commas)", linkageName: "f", file: !3, line: 7)

        """

    @Test func `a module comes out as it went in`() throws {
        #expect(try IRModule(Self.text).text == Self.text)
        #expect(try IRModule(IRModule(Self.text).text).text == Self.text)
    }

    @Test func `what belongs to another machine is left out`() throws {
        let module = try IRModule("; a comment\n$comdat = comdat any\nmodule asm \".globl x\"\n")
        #expect(module.text.isEmpty)
    }

    @Test(arguments: [
        "gibberish", "uselistorder ptr @f, { 1, 0 }", "^0 = module: (path: \"x\")",
        "define i32 @f(ptr %0)", "declare i64 (ptr)",
        "define i32 @withoutEnd() {",
    ])
    func `a line of an unknown form is refused`(_ line: String) throws {
        let error = try #require(throws: IntermediateError.self) { try IRModule(line) }
        #expect(error.kind == .unknownLine)
        #expect(error.explanation == "a line of its intermediate output")
        #expect(error.text == line)
    }

    @Test func `fields of metadata are found, whatever stands in their neighbours`() throws {
        let metadata = try IRModule(Self.text).metadata
        let node = try #require(metadata[1])
        #expect(node.kind == "DISubprogram")
        #expect(node.string("name") == "f, (with commas)")
        #expect(node.number("line") == 7)
        #expect(node.reference("file") == 3)
        #expect(node.field("column") == nil)
    }
}
