import Testing

@testable import EBPFCompilation

/// What each rewrite makes of a few lines.
@Suite struct RewriteTests {
    /// A rewrite, the lines that go in and those that come out.
    struct Golden: CustomTestStringConvertible, Sendable {
        let rewrite: any IRRewrite & Sendable
        let before: String
        let after: String
        var testDescription: String { "\(rewrite): \(before.prefix(60))" }

        init(_ rewrite: any IRRewrite & Sendable, _ before: String, _ after: String) {
            (self.rewrite, self.before, self.after) = (rewrite, before, after)
        }
    }

    @Test(arguments: machine + globals + programs + places)
    func `a rewrite gives the lines that are expected`(_ golden: Golden) throws {
        var module = try IRModule(golden.before)
        try golden.rewrite.apply(to: &module)
        let after = try IRModule(golden.after)
        #expect(module.text == after.text)
    }

    private static let machine: [Golden] = [
        Golden(
            PlainMachine(),
            "attributes #0 = { nounwind \"target-cpu\"=\"generic-rv64\" \"target-features\"=\"+64bit\" }",
            "attributes #0 = { nounwind   }"),
        Golden(
            PlainMachine(),
            """
            define void @f(ptr %0) {
              #dbg_value(ptr %0, !1, !DIExpression(), !2)
              %1 = call ptr @__ebpf_opaque(ptr %0), !dbg !3
              %n = tail call i64 @__ebpf_unknown(i64 %m), !dbg !4
              %2 = load atomic i64, ptr %0 monotonic, align 8
              store atomic volatile i64 %2, ptr %0 monotonic, align 8
              %3 = atomicrmw add ptr %0, i64 1 monotonic, align 8
            }
            """,
            """
            define void @f(ptr %0) {
              %1 = call nonnull ptr asm "", "=r,0"(ptr %0) nounwind memory(none), !dbg !3
              %n = tail call i64 asm "", "=r,0"(i64 %m) nounwind memory(none), !dbg !4
              %2 = load volatile i64, ptr %0, align 8
              store volatile i64 %2, ptr %0, align 8
              %3 = atomicrmw add ptr %0, i64 1 monotonic, align 8
            }
            """),
        Golden(
            UnknownRemainders(),
            """
            define void @f() {
              %1 = urem i64 %0, 6, !dbg !3
              %2 = urem i32 %a, 8, !dbg !3
              %b = urem i8 %3, 10
              %c = udiv i16 %4, 100
              %d = udiv i64 %4, 100
              %e = srem i32 %4, -7
              %f = srem i32 %4, 7
              %g = urem i64 %4, %5
              %h = urem i64 %4, 1000000000
            }
            """,
            """
            define void @f() {
              %known.1 = urem i64 %0, 6, !dbg !3
              %1 = call i64 asm "", "=r,0"(i64 %known.1) nounwind memory(none)
              %2 = urem i32 %a, 8, !dbg !3
              %known.b = urem i8 %3, 10
              %wide.b = zext i8 %known.b to i32
              %copy.b = call i32 asm "", "=r,0"(i32 %wide.b) nounwind memory(none)
              %b = trunc i32 %copy.b to i8
              %known.c = udiv i16 %4, 100
              %wide.c = zext i16 %known.c to i32
              %copy.c = call i32 asm "", "=r,0"(i32 %wide.c) nounwind memory(none)
              %c = trunc i32 %copy.c to i16
              %d = udiv i64 %4, 100
              %e = srem i32 %4, -7
              %known.f = srem i32 %4, 7
              %f = call i32 asm "", "=r,0"(i32 %known.f) nounwind memory(none)
              %g = urem i64 %4, %5
              %h = urem i64 %4, 1000000000
            }
            """),
        Golden(
            NumberedTraps(),
            """
            define void @f() {
              call void asm sideeffect "", "n"(i32 0), !dbg !3
              call void @llvm.trap(), !dbg !3
              tail call void @llvm.trap(), !dbg !12
            }
            declare void @llvm.trap() #6
            """,
            """
            define void @f() {
              call void asm sideeffect "", "n"(i32 0), !dbg !3
              call void @__ebpf_trap$3(), !dbg !3
              tail call void @__ebpf_trap$12(), !dbg !12
            }
            declare void @__ebpf_trap$12() cold noreturn nounwind memory(inaccessiblemem: write)
            declare void @__ebpf_trap$3() cold noreturn nounwind memory(inaccessiblemem: write)
            """),
        Golden(
            TypeRelocations(),
            """
            @.str = private unnamed_addr constant [17 x i8] c"task_struct.tgid\\00"
            define i64 @f() {
              %1 = call i64 @__ebpf_core_offset(ptr @.str), !dbg !3
            }
            declare i64 @__ebpf_core_offset(ptr)
            """,
            """
            @.str = private unnamed_addr constant [17 x i8] c"task_struct.tgid\\00"
            @"__ebpf_core$offset$task_struct$tgid" = extern_weak global i8
            define i64 @f() {
              %1 = ptrtoint ptr @"__ebpf_core$offset$task_struct$tgid" to i64, !dbg !3
            }
            """),
    ]

    /// The line of an operation, what it becomes, and the function that is added for it.
    @Test(arguments: [
        (
            "%3 = call { i8, i1 } @llvm.uadd.with.overflow.i8(i8 %1, i8 %2), !dbg !4",
            "%3 = call { i8, i1 } @__ebpf_uadd_overflow_i8(i8 %1, i8 %2), !dbg !4",
            "@__ebpf_uadd_overflow_i8"
        ),
        (
            "%3 = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %1, i64 %2)",
            "%3 = call { i64, i1 } @__ebpf_smul_overflow_i64(i64 %1, i64 %2)",
            "@__ebpf_smul_overflow_i64"
        ),
        (
            "%3 = sdiv exact i64 %1, -7, !dbg !4",
            "%3 = call i64 @__ebpf_sdiv_i64(i64 %1, i64 -7), !dbg !4", "@__ebpf_sdiv_i64"
        ),
        (
            "%3 = srem i16 %1, %2", "%3 = call i16 @__ebpf_srem_i16(i16 %1, i16 %2)",
            "@__ebpf_srem_i16"
        ),
    ])
    func `checked arithmetic becomes a function's`(
        _ before: String, _ after: String, _ function: String
    ) throws {
        var module = try IRModule("define void @f() {\n  \(before)\n}\n")
        try CheckedArithmetic(hasSignedDivision: false).apply(to: &module)
        #expect(module.functions.first?.body == ["  " + after])
        #expect(module.functions.map(\.name) == ["@f", function])
        // LLVM would make the operation again that BPF has not.
        let body = module.functions.last?.body ?? []
        #expect(!body.contains { $0.contains("with.overflow") || $0.contains("sdiv") })
    }

    @Test func `signed division stays where the processor has it`() throws {
        let text = "define void @f() {\n  %3 = sdiv i64 %1, %2\n}\n"
        var module = try IRModule(text)
        try CheckedArithmetic(hasSignedDivision: true).apply(to: &module)
        #expect(module.text == text)
    }

    private static let globals: [Golden] = [
        Golden(
            LazyGlobals(),
            """
            @token = internal global i64 0, align 8
            define ptr @get() {
              %1 = load atomic i64, ptr @token acquire, align 8
              call void @swift_once(ptr @token, ptr @make, ptr undef)
              ret ptr @map
            }
            """,
            """
            @token = internal constant i64 -1, align 8
            define ptr @get() {
              %1 = load i64, ptr @token, align 8
              ret ptr @map
            }
            define void @__ebpf_initialize_0() section ".ebpf.initialize" {
              call void @make(ptr null)
              ret void
            }
            """),
        Golden(
            IRLinkage(),
            """
            target triple = "riscv64-none-none-eabi"
            @"$e13KernelProgram5countSivp" = hidden global i64 0
            @"$es5otherSivp" = hidden global i64 0
            @constant = private unnamed_addr constant i8 1
            @question = extern_weak global i8
            @llvm.used = appending global [1 x ptr] [ptr @f], section "llvm.metadata"
            define protected i32 @f() {
              ret i32 0
            }
            define linkonce_odr hidden i32 @g() {
              ret i32 0
            }
            """,
            """
            target triple = "bpfel"
            @"$e13KernelProgram5countSivp" = global i64 0
            @"$es5otherSivp" = internal global i64 0
            @constant = internal unnamed_addr constant i8 1
            @question = extern_weak global i8
            @llvm.used = appending global [1 x ptr] [ptr @f], section "llvm.metadata"
            define i32 @f() {
              ret i32 0
            }
            define internal i32 @g() {
              ret i32 0
            }
            """),
    ]

    private static let programs: [Golden] = [
        Golden(
            RemovingUnused(),
            """
            @text = internal constant i8 1
            @unused = internal constant i8 1
            @llvm.used = appending global [2 x ptr] [ptr @f, ptr @_swift_exceptionPersonality]
            define i32 @f() {
              call void @g(ptr @text)
              call ptr @swift_allocObject(i64 8)
            }
            define internal void @g(ptr %0) {
              ret void
            }
            define internal void @unusedToo() {
              ret void
            }
            define weak_odr ptr @swift_allocObject(i64 %0) #3 {
              unreachable
            }
            define void @_swift_exceptionPersonality() {
              ret void
            }
            !swift.module.flags = !{!0}
            """,
            """
            @text = internal constant i8 1
            @llvm.used = appending global [1 x ptr] [ptr @f], section "llvm.metadata"
            define i32 @f() {
              call void @g(ptr @text)
              call ptr @swift_allocObject(i64 8)
            }
            define internal void @g(ptr %0) {
              ret void
            }
            declare ptr @swift_allocObject(i64 %0)
            """),
        Golden(
            InliningEverything(),
            """
            define internal i32 @f() #0 {
            }
            define internal i32 @g() #1 {
            }
            define i32 @program() #0 {
            }
            attributes #0 = { nounwind }
            attributes #1 = { noinline nounwind }
            """,
            """
            define internal i32 @f() alwaysinline #0 {
            }
            define internal i32 @g() #1 {
            }
            define i32 @program() #0 {
            }
            attributes #0 = { nounwind }
            attributes #1 = { noinline nounwind }
            """),
    ]

    private static let debugInformation = """
        !1 = !DIFile(filename: "User.swift", directory: "/")
        !2 = !DIFile(filename: "Library.swift", directory: "/")
        !3 = distinct !DISubprogram(name: "user", file: !1)
        !4 = distinct !DISubprogram(name: "library", file: !2)
        !5 = distinct !DILocation(line: 12, column: 3, scope: !3)
        !6 = distinct !DILocation(line: 90, column: 1, scope: !4, inlinedAt: !5)
        !7 = distinct !DILocation(line: 91, column: 1, scope: !4)
        !8 = distinct !DISubprogram(name: "Swift runtime failure: arithmetic overflow", file: !2)
        !9 = !DILocation(line: 0, scope: !8, inlinedAt: !5)
        !10 = distinct !DISubprogram(name: "Swift runtime failure: Index out of bounds", file: !2)
        !11 = !DILocation(line: 0, scope: !10, inlinedAt: !5)
        """

    private static func places(
        _ rewrite: any IRRewrite & Sendable, _ before: String, _ after: String
    ) -> Golden {
        func function(_ body: String) -> String {
            "define void @f() {\n\(body)\n}\n\(debugInformation)\n"
        }
        return Golden(rewrite, function(before), function(after))
    }

    private static let places: [Golden] = [
        places(
            SourceLocations(sources: ["User.swift"]),
            "  store i8 0, ptr %0, !dbg !6\n  ret void, !dbg !7",
            "  store i8 0, ptr %0, !dbg !5\n  ret void, !dbg !7"),
        places(
            UncheckedOverflow(),
            """
              br i1 %1, label %7, label %2, !dbg !5
            2:
              br i1 %2, label %3, label %8
            3:
              ret void
            7: ; preds = %0
              call void @llvm.trap(), !dbg !9
              unreachable, !dbg !9
            8: ; preds = %2
              call void @llvm.trap(), !dbg !11
              unreachable, !dbg !11
            """,
            """
              br label %2, !dbg !5
            2:
              br i1 %2, label %3, label %8
            3:
              ret void
            7: ; preds = %0
              call void @llvm.trap(), !dbg !9
              unreachable, !dbg !9
            8: ; preds = %2
              call void @llvm.trap(), !dbg !11
              unreachable, !dbg !11
            """),
    ]

    /// Shapes that look like what a rewrite knows, and are not.
    @Test(arguments: [
        Golden(
            LazyGlobals(), "define void @f() {\n  call void @swift_once(ptr %1, ptr %2)\n}",
            "swift_once"),
        Golden(
            CheckedArithmetic(hasSignedDivision: false),
            "define void @f() {\n  %3 = sdiv <2 x i64> %1, %2\n}", "division"),
        Golden(
            CheckedArithmetic(hasSignedDivision: false),
            "define void @f() {\n  %3 = call { i128, i1 } @llvm.umul.with.overflow.i128(i128 %1, i128 %2)\n}",
            "checked arithmetic"),
        Golden(
            NumberedTraps(), "define void @f() {\n  invoke void @llvm.trap() to label %1\n}",
            "the end of a failed check"),
        Golden(
            TypeRelocations(), "define void @f() {\n  call void @__ebpf_core_offset(ptr @x)\n}",
            "a question about types"),
    ])
    func `an unknown shape is refused`(_ golden: Golden) throws {
        var module = try IRModule(golden.before)
        let error = try #require(throws: IntermediateError.self) {
            try golden.rewrite.apply(to: &module)
        }
        #expect(error.kind == .unknownShape(golden.after))
    }

    @Test func `a path of kernel types must be a literal`() throws {
        var module = try IRModule(
            "define void @f() {\n  %1 = call i64 @__ebpf_core_offset(ptr %0)\n}")
        let error = try #require(throws: IntermediateError.self) {
            try TypeRelocations().apply(to: &module)
        }
        #expect(error.explanation == "a path of kernel types that is not a literal")
    }
}
