import Testing

@testable import EBPFCompilation

/// What becomes of closures that the kernel calls back.
@Suite struct ClosureRewriteTests {
    @Test func `sums of captured variables are stored in halves`() throws {
        func source(_ sum: String, _ counter: String) -> String {
            """
            define internal i64 @"f.U_TA"(i32 %0, ptr swiftself %1) {
              %2 = getelementptr inbounds nuw <{ %swift.refcounted, ptr }>, ptr %1, i32 0, i32 1
              %3 = load ptr, ptr %2
              %4 = tail call i64 @"f.U_"(i32 %0, ptr %3, ptr captures(none) dereferenceable(8) %3)
            }
            define internal i64 @"f.U_"(i32 %0, ptr %1, ptr captures(none) dereferenceable(8) %2) {
              %p = getelementptr inbounds nuw %TSi, ptr %2, i32 0, i32 0
              %3 = load i64, ptr %p
              %4 = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %3, i64 1)
              %5 = extractvalue { i64, i1 } %4, 0
              %6 = extractvalue { i64, i1 } %4, 1
              \(sum)
              store i64 %5, ptr %1, align 8
              store i64 %3, ptr %p, align 8
              %7 = call { i16, i1 } @llvm.uadd.with.overflow.i16(i16 1, i16 %n)
              %8 = extractvalue { i16, i1 } %7, 0
              \(counter)
            }
            define i64 @g(ptr dereferenceable(8) %2) {
              %4 = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 1, i64 1)
              %5 = extractvalue { i64, i1 } %4, 0
              store i64 %5, ptr %2, align 8
            }
            """
        }
        var module = try IRModule(
            source(
                "store i64 %5, ptr %p, align 8, !dbg !3",
                "store i16 %8, ptr %2, align 2"))
        try UnknownSums().apply(to: &module)
        let halves = [
            """
            %low.5.p = trunc i64 %5 to i32
              %shifted.5.p = lshr i64 %5, 32
              %high.5.p = trunc i64 %shifted.5.p to i32
              store volatile i32 %low.5.p, ptr %p, align 4, !dbg !3
              %behind.5.p = getelementptr i8, ptr %p, i64 4
              store volatile i32 %high.5.p, ptr %behind.5.p, align 4, !dbg !3
            """,
            """
            %low.8.2 = trunc i16 %8 to i8
              %shifted.8.2 = lshr i16 %8, 8
              %high.8.2 = trunc i16 %shifted.8.2 to i8
              store volatile i8 %low.8.2, ptr %2, align 1
              %behind.8.2 = getelementptr i8, ptr %2, i64 1
              store volatile i8 %high.8.2, ptr %behind.8.2, align 1
            """,
        ]
        #expect(module.text == (try IRModule(source(halves[0], halves[1])).text))
    }

    /// A mark that a check has failed has room there only as long as it is what it is.
    @Test(arguments: [
        (
            "%2 = getelementptr inbounds nuw <{ %swift.refcounted, ptr }>, ptr %1, i32 0, i32 1",
            true
        ),
        ("%2 = load ptr, ptr %1", false),
        ("%4 = tail call i64 @f(i32 %0, ptr %1)", false),
        ("%4 = tail call i64 @f(i32 %0, ptr %10)", true),
    ])
    func `what a closure has captured lies behind the header of an object`(
        _ line: String, _ isKnown: Bool
    ) throws {
        var module = try IRModule(
            """
            define internal i64 @"f.U_TA"(i32 %0, ptr swiftself %1) {
              \(line)
            }
            """)
        if isKnown { return try ClosureContexts().apply(to: &module) }
        let error = try #require(throws: IntermediateError.self) {
            try ClosureContexts().apply(to: &module)
        }
        #expect(error.explanation == "a form of what a closure has captured")
    }
}
