import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// The arm64 assembler against clang's, and what it refuses.
@Suite struct ARM64AssemblerTests {
    @Test(
        .enabled(
            if: Toolchain.isThere(for: .arm64), "needs clang and llvm-objcopy for arm64"))
    func `instructions are encoded as clang encodes them`() throws {
        var rows = AssemblyRows()
        rows.addSums()
        rows.addProducts()
        rows.addLogic()
        rows.addBitMasks()
        rows.addShifts()
        rows.addTransfers()
        rows.addPairs()
        rows.addAtomics()
        rows.addBranches()
        let ours = try rows.code.finish()
        let bytes = try Toolchain.assemble(rows.source, for: .arm64)
        let theirs = stride(from: 0, to: bytes.count - 3, by: 4).map { at in
            (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
        }
        #expect(rows.texts.count > 10_000)
        try #require(ours.count == theirs.count)
        for (row, text) in rows.texts.enumerated() {
            let range = rows.range(ofRow: row, count: ours.count)
            guard ours[range] != theirs[range] else { continue }
            Issue.record("\(text): \(hex(ours[range])), clang says \(hex(theirs[range]))")
        }
    }

    private func hex(_ words: ArraySlice<UInt32>) -> String {
        words.map { String($0, radix: 16) }.joined(separator: " ")
    }

    @Test func `the bit masks are those of the definition and no others`() {
        for width in Width.allCases {
            let masks = Set(AssemblyRows.bitMasks(width))
            #expect(masks.count == (width == .word ? 1302 : 5334))
            let size: UInt64 = width == .word ? 0xffff_ffff : .max
            for mask in masks {
                #expect(ARM64BitMask(mask, width) != nil)
                // One bit more or less is a mask only if the definition says so.
                for bit in 0..<width.bitCount {
                    let other = (mask ^ 1 << UInt64(bit)) & size
                    #expect((ARM64BitMask(other, width) != nil) == masks.contains(other))
                }
            }
        }
    }

    private static let refusals: [(String, @Sendable (inout ARM64Assembler) -> Void)] = [
        ("sp cannot stand there", { $0.and(.doubleWord, .x0, .sp, .register(.x1)) }),
        ("sp cannot stand there", { $0.adds(.doubleWord, .sp, .x1, .immediate(1)) }),
        ("zero cannot stand there", { $0.add(.doubleWord, .zero, .x1, .immediate(1)) }),
        ("zero cannot stand there", { $0.ldr(.byte, .x0, .base(.zero)) }),
        ("4097 does not fit", { $0.add(.word, .x0, .x1, .immediate(4097)) }),
        ("16777216 does not fit", { $0.add(.word, .x0, .x1, .immediate(1 << 24)) }),
        ("-1 does not fit", { $0.add(.word, .x0, .x1, .immediate(.max)) }),
        ("5 does not fit", { $0.and(.word, .x0, .x1, .immediate(5)) }),
        ("0 does not fit", { $0.orr(.doubleWord, .x0, .x1, .immediate(0)) }),
        ("form", { $0.logic(.bic, .word, .x0, .x1, .immediate(1)) }),
        ("form", { $0.add(.word, .x0, .x1, .shifted(.x2, .ror, by: 1)) }),
        ("form", { $0.and(.word, .x0, .x1, .extended(.x2, .uxtb, by: 0)) }),
        ("32 does not fit", { $0.add(.word, .x0, .x1, .shifted(.x2, .lsl, by: 32)) }),
        ("5 does not fit", { $0.add(.doubleWord, .x0, .x1, .extended(.x2, .uxtw, by: 5)) }),
        ("-1 does not fit", { $0.add(.doubleWord, .x0, .x1, .extended(.x2, .uxtw, by: -1)) }),
        ("32 does not fit", { $0.lsl(.word, .x0, .x1, by: 32) }),
        ("-1 does not fit", { $0.lsl(.word, .x0, .x1, by: -1) }),
        ("64 does not fit", { $0.asr(.doubleWord, .x0, .x1, by: 64) }),
        ("2 does not fit", { $0.movz(.word, .x0, 1, quarter: 2) }),
        ("257 does not fit", { $0.ldr(.halfWord, .x0, .offset(.x1, 257)) }),
        ("-257 does not fit", { $0.str(.doubleWord, .x0, .offset(.x1, -257)) }),
        ("4096 does not fit", { $0.ldr(.byte, .x0, .offset(.x1, 4096)) }),
        ("256 does not fit", { $0.ldr(.byte, .x0, .preIndexed(.x1, 256)) }),
        ("form", { $0.ldr(.byte, .x0, .indexed(.x1, .x2, .sxth, scaled: false)) }),
        ("64 does not fit", { $0.stp(.doubleWord, .x0, .x1, .offset(.sp, 512)) }),
        ("4 does not fit", { $0.stp(.doubleWord, .x0, .x1, .offset(.sp, 4)) }),
        ("form", { $0.ldp(.word, .x0, .x1, .unscaled(.sp, 0)) }),
        ("2 does not fit", { $0.tbz(.x0, bit: 64, $0.label()) }),
        ("65536 does not fit", { $0.brk(65536) }),
        ("its target is not a place", { $0.b($0.label()) }),
        (
            "its target is not a place",
            { code in
                let label = code.label()
                code.bind(label)
                code.bind(label)
            }
        ),
    ]

    @Test(arguments: refusals.indices)
    func `what cannot be encoded is refused with its place`(_ row: Int) {
        let (message, emit) = Self.refusals[row]
        var code = ARM64Assembler()
        code.nop()
        emit(&code)
        code.nop()
        let error = #expect(throws: ARM64AssemblyError.self) { try code.finish() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        #expect(error?.instruction == 1)
    }

    private static let reaches:
        [(String, Int, @Sendable (inout ARM64Assembler, ARM64Assembler.Label) -> Void)] = [
            ("tbz", 1 << 15, { $0.tbz(.x0, bit: 1, $1) }),
            ("cbz", 1 << 20, { $0.cbz(.word, .x0, $1) }),
            ("b.eq", 1 << 20, { $0.b(if: .eq, $1) }),
            ("adr", 1 << 20, { $0.adr(.x0, $1) }),
        ]

    @Test(arguments: reaches.indices)
    func `branches reach as far as they can and no farther`(_ row: Int) throws {
        let (_, limit, branch) = Self.reaches[row]
        for distance in [limit - 4, limit] {
            var code = ARM64Assembler()
            let (back, on) = (code.label(), code.label())
            code.bind(back)
            branch(&code, on)
            for _ in 1..<(distance / 4) { code.nop() }
            code.bind(on)
            code.nop()
            branch(&code, back)
            // The branch back goes one instruction farther, which is just as far as it can.
            do throws(ARM64AssemblyError) {
                _ = try code.finish()
                #expect(distance < limit)
            } catch {
                #expect(error.reason == .distance(limit))
            }
        }
    }

    @Test func `far branches jump over an unconditional one`() throws {
        var code = ARM64Assembler(reach: .far)
        let on = code.label()
        code.cbz(.word, .x3, on)
        code.tbnz(.x3, bit: 40, on)
        code.b(if: .lt, on)
        for _ in 0..<300_000 { code.nop() }
        code.bind(on)
        let words = try code.finish()
        var expected = ARM64Assembler()
        for form in 0..<3 {
            let next = expected.label()
            switch form {
            case 0: expected.cbnz(.word, .x3, next)
            case 1: expected.tbz(.x3, bit: 40, next)
            default: expected.b(if: .ge, next)
            }
            expected.nop()
            expected.bind(next)
        }
        let near = try expected.finish()
        for index in [0, 2, 4] {
            #expect(words[index] == near[index])
            #expect(words[index + 1] == 0x1400_0000 | UInt32(300_006 - index - 1))
        }
    }
}
