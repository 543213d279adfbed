import EBPFBytecode
import EBPFObjectFile
import Testing

@testable import EBPFExecution

@Suite struct FusionTests {
    /// Programs that are full of what fusion looks for, with branches into the middle of it.
    @Test(arguments: UInt64(1)...40)
    func `a fused program returns what the plain one returns`(seed: UInt64) throws {
        for round in 0..<50 {
            var generator = SplitMix(state: seed << 32 | UInt64(round))
            let program = try Assembler().assemble(Self.program(&generator))
            let plain = try Self.run(program, fuses: false)
            let fused = try Self.run(program, fuses: true)
            #expect(fused == plain, "\(Disassembler().text(program))")
        }
    }

    /// Each sequence, and how many operations are left of it and `exit`.
    private static let sequences: [(String, Opcode)] = [
        ("r0 = r2\nr0 += r3", .sum64),
        ("r0 = r2\nr0 += r3\nr0 = *(u8 *)(r0 + 1)", .loadElement8),
        ("r0 = r2\nr0 += r3\nr0 = *(u16 *)(r0 + 1)", .loadElement16),
        ("r0 = r2\nr0 += r3\nr0 = *(u32 *)(r0 + 1)", .loadElement32),
        ("r0 = r2\nr0 += r3\nr0 = *(u64 *)(r0 + 1)", .loadElement64),
        ("r0 = r2\nr0 += 5", .add64From),
        ("r0 = r2\nr0 &= 5", .and64From),
        ("r0 = r2\nr0 <<= 5", .shiftLeft64From),
        ("r0 = r2\nr0 >>= 5", .shiftRight64From),
        ("w0 = w2\nw0 &= 5", .and32From),
        ("w0 = w2\nw0 <<= 5", .shiftLeft32From),
        ("w0 = w2\nw0 >>= 5", .shiftRight32From),
        ("r0 += 1\nif r0 != r2 goto +0", .addAndIfNotEqual64Register),
        ("r0 += 1\nif r0 < r2 goto +0", .addAndIfLess64Register),
        ("r0 += -1\nif r0 != 9 goto +0", .addAndIfNotEqual64Immediate),
        ("r0 += 1\nif r0 < 9 goto +0", .addAndIfLess64Immediate),
        ("r0 += 1\nr1 += 2", .addTwo64),
        ("r0 = r1\nr2 = r3", .moveTwo64),
        ("r0 = r2\nr0 *= 5", .multiply64From),
        ("r0 = r2\nr0 -= r3", .difference64),
        ("r0 = r2\nr0 ^= r3", .xorOf64),
        ("w0 = w2\nw0 += w3", .sum32),
        ("w0 = w2\nw0 ^= w3", .xorOf32),
        ("r0 = r2\nr0 >>= 51\nr3 = r2\nr3 <<= 13\nr3 |= r0", .joinedShifts64),
        ("r0 = r2\nr0 <<= 51\nr3 = r2\nr3 >>= 13\nr3 |= r0", .joinedShifts64),
        ("r0 = r2\nr0 >>= 51\nr2 <<= 13\nr2 |= r0", .joinedShifts64),
        ("w0 = w2\nw0 >>= 17\nw3 = w2\nw3 <<= 15\nw3 |= w0", .joinedShifts32),
        ("w0 = w2\nw0 <<= 17\nw2 >>= 15\nw2 |= w0", .joinedShifts32),
        ("r0 += 1\nif r0 == r2 goto +0", .addAndIfEqual64Register),
        ("r0 += 4\nif r0 == 9 goto +0", .addAndIfEqual64Immediate),
    ]

    @Test(arguments: sequences)
    func `a sequence becomes one operation`(text: String, opcode: Opcode) throws {
        let lowering = try Lowering(Assembler().assemble(text + "\nexit"), helpers: .standard)
        #expect(lowering.operations.map(\.opcode) == [opcode, .exit, .end])
    }

    /// Loops as clang writes them: `if` out, `goto` back.
    @Test(arguments: [
        ("==", "!="), ("!=", "=="), (">", "<="), ("<=", ">"), ("s<", "s>="), ("s>=", "s<"),
    ])
    func `a branch over a jump becomes the opposite branch`(one: String, other: String) throws {
        let text = { (branch: String) in "r0 += r3\nif w0 \(branch)\nexit" }
        let long = try Lowering(
            Assembler().assemble("r0 += r3\nif w0 \(one) 7 goto +1\ngoto -3\nexit"),
            helpers: .standard)
        let short = try Lowering(
            Assembler().assemble(text("\(other) 7 goto -2")), helpers: .standard)
        #expect(long.operations.map(\.opcode) == short.operations.map(\.opcode))
        #expect(long.operations.map(\.offset) == short.operations.map(\.offset))
    }

    @Test func `a branch into the middle keeps a sequence apart`() throws {
        let text = "if r1 == 0 goto +1\nr0 = r2\nr0 += 5\nexit"
        let lowering = try Lowering(Assembler().assemble(text), helpers: .standard)
        #expect(
            lowering.operations.map(\.opcode) == [
                .ifEqual64Immediate, .move64Register, .add64Immediate, .exit, .end,
            ])
    }

    @Test func `a fault in a fused sequence names the slot of the load`() throws {
        let host = UserSpaceHost()
        let text = "r2 = 64\nr0 = r1\nr0 += r2\nr0 = *(u64 *)(r0 + 0)\nexit"
        let program = try host.load(bytecode: Assembler().assemble(text))
        let error = #expect(throws: ExecutionError.self) {
            try program.run(memory: [UInt8](repeating: 0, count: 64))
        }
        #expect(error?.slot == 3)
    }

    // MARK: Generated programs

    private static func run(_ program: [EncodedInstruction], fuses: Bool) throws -> UInt64 {
        let host = UserSpaceHost(UserSpaceHost.Options(cpuCount: 1, seed: 1, budget: 10_000))
        let lowering = try Lowering(program, helpers: host.helpers, fuses: fuses)
        let spec = ProgramSpec(
            name: "fusion", section: "", type: .unspecified, instructions: program)
        let loaded = UserSpaceProgram(
            spec: spec, code: Code(lowering), host: host, registrations: [])
        return try loaded.run(memory: (0..<64).map { $0 &* 37 }).returned
    }

    private static func program(_ generator: inout SplitMix) -> String {
        func register() -> String { "r\(Int.random(in: 2...5, using: &generator))" }
        var lines = ["r2 = 3", "r3 = 17", "r4 = 0x12345678", "r5 = -9", "r0 = 0", "r6 = r1"]
        let length = 30
        for line in 0..<length {
            let a = register()
            let b = register()
            let c = register()
            lines.append("L\(line):")
            switch Int.random(in: 0..<13, using: &generator) {
            case 0: lines += ["\(a) = \(b)", "\(a) += \(c)"]
            case 1:
                lines += [
                    "\(a) = \(b)",
                    "\(a) \(["<<=", ">>=", "&=", "+="].randomElement(using: &generator) ?? "+=") 7",
                ]
            case 2: lines += ["w\(a.dropFirst()) = w\(b.dropFirst())", "w\(a.dropFirst()) >>= 3"]
            case 3: lines += ["\(a) += 1", "\(b) += -2"]
            case 4: lines += ["\(a) = \(b)", "\(c) = \(a)"]
            case 5:
                lines +=
                    ["\(a) &= 31", "\(b) = r6", "\(b) += \(a)"]
                    + (a == b ? [] : ["\(b) = *(u16 *)(\(b) + 2)"])
            case 6:
                let target = Int.random(in: line + 1...length, using: &generator)
                lines += ["\(a) += 3", "if \(a) < \(b) goto L\(target)"]
            case 7:
                let target = Int.random(in: line + 1...length, using: &generator)
                lines += ["\(a) += 1", "if \(a) != 12 goto L\(target)"]
            case 8:
                let target = Int.random(in: line + 1...length, using: &generator)
                let skips = ["==", "!=", ">", ">=", "<", "<=", "s>", "s<"]
                let skip = skips.randomElement(using: &generator) ?? "=="
                lines += ["if \(a) \(skip) \(b) goto +1", "goto L\(target)"]
            case 9:
                let target = Int.random(in: line + 1...length, using: &generator)
                lines += ["\(a) += 5", "if \(a) == 8 goto +1", "goto L\(target)"]
            case 10, 11:
                let (one, two) = Bool.random(using: &generator) ? (">>=", "<<=") : ("<<=", ">>=")
                let prefix = Bool.random(using: &generator) ? "r" : "w"
                let (x, y, z) = (
                    prefix + a.dropFirst(), prefix + b.dropFirst(), prefix + c.dropFirst()
                )
                lines += ["\(x) = \(y)", "\(x) \(one) 7"]
                lines += Bool.random(using: &generator) ? ["\(z) = \(y)"] : []
                lines += ["\(z) \(two) 25", "\(z) |= \(x)"]
            default: lines += ["r0 += \(a)", "r0 ^= \(b)"]
            }
        }
        lines += ["L\(length):", "r0 += r2", "r0 ^= r3", "r0 += r4", "r0 ^= r5", "exit"]
        return lines.joined(separator: "\n")
    }
}

/// The random numbers of these tests: the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
