import EBPFHooks
import Testing

/// The examples are what gcc and clang write into notes; offsets are those of `struct pt_regs`
/// (`asm/ptrace.h`).
@Suite struct TracepointArgumentTests {
    typealias Place = TracepointArgument.Place

    @Test(arguments: [
        ("-4@%edi", 4, true, Place.register(112)), ("8@%rax", 8, false, .register(80)),
        ("1@%al", 1, false, .register(80)), ("2@%r10w", 2, false, .register(56)),
        ("1@%sil", 1, false, .register(104)), ("-4@$-5", 4, true, .constant(-5)),
        ("8@$0x10", 8, false, .constant(16)), ("8@(%rsp)", 8, false, .memory(base: 152, offset: 0)),
        ("-2@-16(%rbp)", 2, true, .memory(base: 32, offset: -16)),
        ("4@8(%rax,%r9,4)", 4, false, .indexed(base: 80, index: 64, scale: 4, offset: 8)),
        ("8@(%rdx,%rcx)", 8, false, .indexed(base: 96, index: 88, scale: 1, offset: 0)),
    ])
    func `places of x86-64 are understood`(
        text: String, size: Int, isSigned: Bool, place: Place
    ) throws {
        let argument = try #require(TracepointArgument(text, for: .x86))
        #expect(argument.size == size)
        #expect(argument.isSigned == isSigned)
        #expect(argument.place == place)
    }

    @Test(arguments: [
        ("8@x19", 8, false, Place.register(152)), ("-4@w1", 4, true, .register(8)),
        ("-4@5", 4, true, .constant(5)), ("8@[x0]", 8, false, .memory(base: 0, offset: 0)),
        ("-4@[sp, 12]", 4, true, .memory(base: 248, offset: 12)),
        ("1@[x29,-8]", 1, false, .memory(base: 232, offset: -8)),
    ])
    func `places of arm64 are understood`(
        text: String, size: Int, isSigned: Bool, place: Place
    ) throws {
        let argument = try #require(TracepointArgument(text, for: .arm))
        #expect(argument.size == size)
        #expect(argument.isSigned == isSigned)
        #expect(argument.place == place)
    }

    @Test(arguments: [
        "", "8", "8@", "3@%rax", "8@%xmm0", "8f@%xmm0", "8@variable(%rip)", "8@(%rax", "8@%",
        "99999999999999999999@%rax", "8@(%rax,%rbx,3)", "8@()", "8@$",
    ])
    func `other places are refused`(text: String) {
        #expect(TracepointArgument(text, for: .x86) == nil)
    }
}
