import EBPFBytecode
import Testing

/// Every kind of fault: where it is found, and the words that name it.
@Suite struct AssemblyErrorTests {
    struct Fault: Sendable {
        let text: String
        let message: String

        init(_ text: String, _ message: String) {
            self.text = text
            self.message = message
        }
    }

    static let faults: [Fault] = [
        Fault(
            "exit\nr1 = @5",
            "line 2, column 6: '@' has no meaning here; comments begin with '#', ';' or '//'"
        ),
        Fault(
            "call \"main",
            "line 1, column 6: the quoted name does not end; close it with '\"' on the same line"
        ),
        Fault(
            "call \"main\\",
            "line 1, column 6: the quoted name does not end; close it with '\"' on the same line"
        ),
        Fault(
            "r1 = 12ab",
            "line 1, column 6: '12ab' is not a number of at most 64 bits; write it like 10, -10 "
                + "or 0x0a"
        ),
        Fault(
            "r1 = 0x",
            "line 1, column 6: '0x' is not a number of at most 64 bits; write it like 10, -10 "
                + "or 0x0a"
        ),
        Fault(
            "r1 = 18446744073709551616 ll",
            "line 1, column 6: '18446744073709551616' is not a number of at most 64 bits; "
                + "write it like 10, -10 or 0x0a"
        ),
        Fault("if r1 == 5", "line 1, column 11: expected 'goto', found the end of the line"),
        Fault(
            "if r1 = 5 goto +1",
            "line 1, column 7: expected a comparison such as '==', found '='"
        ),
        Fault(
            "r1 ? 5",
            "line 1, column 4: '?' has no meaning here; comments begin with '#', ';' or '//'"
        ),
        Fault("r1 == 5", "line 1, column 4: expected '=' or an operator such as '+=', found '=='"),
        Fault("r1 +=", "line 1, column 6: expected a number, found the end of the line"),
        Fault("exit exit", "line 1, column 6: expected the end of the line, found 'exit'"),
        Fault("5", "line 1, column 1: expected an instruction, found '5'"),
        Fault("\"exit\"", "line 1, column 1: expected an instruction, found '\"exit\"'"),
        Fault("callx 5", "line 1, column 7: expected a register, found '5'"),
        Fault("r1 = *(x32 *)(r1)", "line 1, column 8: expected a type such as u32, found 'x32'"),
        Fault("*(s32 *)(r1 + 0) = 5", "line 1, column 3: expected a type such as u32, found 's32'"),
        Fault("r1 = (u8)r2", "line 1, column 7: expected a type such as s32, found 'u8'"),
        Fault(
            "lock *(u32 *)(r1 + 0) -= w2",
            "line 1, column 23: expected '+=', '|=', '&=' or '^=', found '-='"
        ),
        Fault(
            "r1 = list[fd:5] ll",
            "line 1, column 6: expected map[, ksym[ or subprog[, found 'list'"
        ),
        Fault("r1 = map[id:5] ll", "line 1, column 10: expected 'fd', found 'id'"),
        Fault("r1 = counts", "line 1, column 12: expected 'll', found the end of the line"),
        Fault("call kfunc[fd:5]", "line 1, column 12: expected 'id', found 'fd'"),
        Fault(".8byte", "line 1, column 7: expected a number, found the end of the line"),
        Fault(
            "top\nexit",
            "line 1, column 1: no instruction begins with 'top'; a label needs a ':' behind it"
        ),
        Fault(
            "r1 = bswap24 r1",
            "line 1, column 14: expected 'll', found 'r1'"
        ),
        Fault(
            "r1 = sqrt(r2)",
            "line 1, column 6: no instruction begins with 'sqrt'; a label needs a ':' behind it"
        ),
        Fault(
            ".text",
            "line 1, column 1: there is no directive '.text'; '.8byte' puts the bytes of one slot "
                + "into the program"
        ),
        Fault("r11 = 5", "line 1, column 1: there is no register r11; the last one is r10"),
        Fault("w1 = w99", "line 1, column 6: there is no register w99; the last one is w10"),
        Fault("r1 = r01", "line 1, column 6: there is no register r01; the last one is r10"),
        Fault("r1 = w2", "line 1, column 6: w2 has the wrong width here; write r2"),
        Fault("w1 = 5 ll", "line 1, column 1: w1 has the wrong width here; write r1"),
        Fault("w1 = *(u64 *)(r2)", "line 1, column 1: w1 has the wrong width here; write r1"),
        Fault("w1 = *(s8 *)(r2)", "line 1, column 1: w1 has the wrong width here; write r1"),
        Fault("r1 = *(u8 *)(w2)", "line 1, column 14: w2 has the wrong width here; write r2"),
        Fault("*(u64 *)(r1) = w2", "line 1, column 16: w2 has the wrong width here; write r2"),
        Fault("w1 = le16 w1", "line 1, column 1: w1 has the wrong width here; write r1"),
        Fault("callx w1", "line 1, column 7: w1 has the wrong width here; write r1"),
        Fault("if w1 == r2 goto +1", "line 1, column 10: r2 has the wrong width here; write w2"),
        Fault("r1 = xchg32_32(r2, r1)", "line 1, column 1: r1 has the wrong width here; write w1"),
        Fault("r1 = -r2", "line 1, column 7: this operand must be r1 again, not r2"),
        Fault("r1 = be16 r2", "line 1, column 11: this operand must be r1 again, not r2"),
        Fault("r1 = *(u8 *)skb[5]", "line 1, column 1: this operand must be r0 again, not r1"),
        Fault(
            "r1 = atomic_fetch_or((u64 *)(r2), r3)",
            "line 1, column 35: this operand must be r1 again, not r3"
        ),
        Fault(
            "r1 = cmpxchg_64(r2, r1, r3)",
            "line 1, column 1: this operand must be r0 again, not r1"
        ),
        Fault(
            "r0 = cmpxchg_64(r2, r1, r3)",
            "line 1, column 21: this operand must be r0 again, not r1"
        ),
        Fault(
            "r1 = *(u8 *)(r2 + 32768)",
            "line 1, column 17: 32768 is no displacement, -32768…32767; add the rest to the "
                + "register before"
        ),
        Fault(
            "goto -32769",
            "line 1, column 6: -32769 slots are too far for this jump, -32768…32767; 'gotol' "
                + "reaches farther"
        ),
        Fault(
            "gotol 2147483648",
            "line 1, column 7: 2147483648 slots are too far, -2147483648…2147483647"
        ),
        Fault(
            "r1 += 0xffffffff",
            "line 1, column 7: 0xffffffff does not fit 32 bits with a sign, "
                + "-2147483648…2147483647; load it into a register with 'r1 = … ll' before"
        ),
        Fault(
            "w1 += 4294967296",
            "line 1, column 7: 4294967296 does not fit 32 bits, -2147483648…4294967295"
        ),
        Fault(
            "r1 = -9223372036854775809 ll",
            "line 1, column 6: -9223372036854775809 does not fit 64 bits, "
                + "-9223372036854775808…18446744073709551615"
        ),
        Fault(
            "call 2147483648",
            "line 1, column 6: 2147483648 does not fit 32 bits with a sign, "
                + "-2147483648…2147483647"
        ),
        Fault(
            "r1 = addr_space_cast(r2, -1, 0)",
            "line 1, column 26: -1 does not fit 16 bits, 0…65535"
        ),
        Fault(
            "a: exit\nexit\n  a: exit",
            "line 3, column 3: label 'a' stands on line 1 already; choose another name"
        ),
        Fault(
            "exit\ngoto end",
            "line 2, column 6: no label, helper or object is called 'end'; define it with 'end:'"
        ),
        Fault(
            "gotol end",
            "line 1, column 7: no label, helper or object is called 'end'; define it with 'end:'"
        ),
        Fault(
            "call end",
            "line 1, column 6: no label, helper or object is called 'end'; define it with 'end:'"
        ),
        Fault(
            "r1 = end ll",
            "line 1, column 6: no label, helper or object is called 'end'; define it with 'end:'"
        ),
        Fault("r10 += 5", "line 1, column 1: r10 is the frame pointer and cannot be written"),
        Fault(
            "lock *(u8 *)(r1) += r2",
            "line 1, column 1: an atomic operation works on 4 or 8 bytes, not on 1"
        ),
        Fault("r1 = (s64)r2", "line 1, column 1: offset 64 names no variant of this operation"),
        Fault(
            "ld_pseudo r1, 7, 0",
            "line 1, column 15: source 7 names no kind of 64-bit constant; the last one is 6"
        ),
    ]

    @Test(arguments: faults)
    func `the message names the place, the fault and the remedy`(fault: Fault) {
        do throws(AssemblyError) {
            let program = try Assembler().assemble(fault.text)
            Issue.record("'\(fault.text)' is accepted: \(program)")
        } catch {
            #expect("\(error)" == fault.message)
        }
    }

    @Test func `no text traps the assembler`() {
        var random = SplitMix(state: 1)
        let texts = NotationSamples.all.map { Array("\($0)".utf8) }
        let bytes = Array("rw0189-+*()[],:x \"\\s<>=&#l".utf8)
        for text in texts {
            for _ in 0..<8 {
                var mutant = text
                let place = Int.random(in: 0..<mutant.count, using: &random)
                if Bool.random(using: &random) {
                    mutant.remove(at: place)
                } else {
                    mutant[place] = bytes.randomElement(using: &random) ?? 0
                }
                _ = try? Assembler().assemble(String(decoding: mutant, as: UTF8.self))
            }
            for length in 0..<text.count {
                _ = try? Assembler().assemble(String(decoding: text[..<length], as: UTF8.self))
            }
        }
    }
}
