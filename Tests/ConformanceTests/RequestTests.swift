@testable import EBPFConformance
import EBPFBytecode
import Testing

/// The plug-in's protocol, on programs written here.
@Suite struct RequestTests {
    private static func hex(_ program: [EncodedInstruction]) -> String {
        program.flatMap { instruction in Array(instruction.bytes) }
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }

    @Test(
        arguments: [
            ("w0 = 42\nexit", "", 42),
            ("r0 = -1\nexit", "", UInt64.max),
            ("r0 = r2\nexit", "aa bb cc", 3),
            ("r0 = *(u16 *)(r1 + 1)\nexit", "aa bb cc", 0xccbb),
            ("r1 = 7\ncall 5\nexit", "", 7),
            ("r0 = 1\nr0 <<= 63\nr0 s>>= 63\nexit", "", UInt64.max),
            ("w0 = -7\nw1 = 2\nw0 s/= w1\nexit", "", 0xffff_fffd),
            ("r0 = 0x1122334455667788 ll\nr0 = bswap64 r0\nexit", "", 0x8877_6655_4433_2211),
            (
                "r1 = 3\n*(u64 *)(r10 - 8) = r1\nr0 = 4\nr0 = atomic_fetch_add((u64 *)(r10 - 8), r0)\n"
                    + "r1 = *(u64 *)(r10 - 8)\nr0 += r1\nexit", "", 10
            ),
        ] as [(String, String, UInt64)])
    func `a program gives r0`(_ text: String, _ memory: String, _ r0: UInt64) throws {
        let program = try Assembler().assemble(text)
        for options in [[], ["--interpreter"], ["--jit"]] {
            let arguments = (memory.isEmpty ? [] : [memory]) + options
            let request = try Request(arguments, input: Self.hex(program))
            #expect(try request.run() == r0)
        }
    }

    @Test(arguments: [
        (["--frobnicate"], "", "unknown option --frobnicate"),
        (["zz"], "", "\"zz\" is not a byte in hex"),
        ([], "95 00 00", "3 bytes are no bytecode"),
        ([], "", "0 bytes are no bytecode"),
        (["--elf"], "7f 45 4c 46", "standard input"),
        ([], "ff 00 00 00 00 00 00 00", "slot 0"),
        ([], "61 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00", "reads 4 bytes at 0x0"),
    ])
    func `what cannot be run says why`(
        _ arguments: [String], _ input: String, _ message: String
    ) {
        do {
            let result = try Request(arguments, input: input).run()
            Issue.record("returned \(result)")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }
}
