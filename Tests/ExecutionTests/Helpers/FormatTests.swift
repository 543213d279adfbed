import EBPFBytecode
import EBPFExecution
import Testing

/// Formats of `bpf_trace_printk` and its relatives; the results are those of Linux 6.18, recorded
/// with `bpf_snprintf` and `bpf_trace_vprintk`.
@Suite struct FormatTests {
    /// An argument: a number, or the address of bytes.
    enum Argument: Sendable {
        case number(UInt64)
        case bytes([UInt8])
        static func text(_ text: String) -> Argument { .bytes(Array(text.utf8) + [0]) }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let format: String
        let arguments: [Argument]
        let text: String?

        init(_ format: String, _ arguments: Argument..., gives text: String?) {
            self.format = format
            self.arguments = arguments
            self.text = text
        }

        var testDescription: String { format }
    }

    private static let loopback = Argument.bytes([127, 0, 0, 1])
    private static let linkLocal = Argument.bytes(
        [0xfe, 0x80] + Array(repeating: 0, count: 13) + [1]
    )
    private static let minusOne = Argument.number(.max)

    static let numbers: [Case] = [
        Case("%d", .number(UInt64(bitPattern: -5)), gives: "-5"),
        Case("%i|%u", minusOne, minusOne, gives: "-1|4294967295"),
        Case(
            "%5d|%-5d|%05d",
            .number(42),
            .number(42),
            .number(UInt64(bitPattern: -42)),
            gives: "   42|42   |-0042"
        ),
        Case("%+d|% d", .number(7), .number(7), gives: "+7| 7"),
        Case("%x %X", .number(0xdead_beef), .number(0xdead_beef), gives: "deadbeef DEADBEEF"),
        Case("%lx %llx", .number(0x123_4567_89ab_cdef), .number(1), gives: "123456789abcdef 1"),
        Case("%ld %lld", minusOne, .number(.max - 1), gives: "-1 -2"),
        Case("%lu %llu", minusOne, .number(3), gives: "18446744073709551615 3"),
        Case("%0-5d|", .number(3), gives: "3    |"),
        Case("%0+5d|", .number(3), gives: "+0003|"),
        Case("%+x", .number(3), gives: "3"),
        Case("%05x", .number(3), gives: "00003"),
        Case("% 5d|", .number(3), gives: "    3|"),
        Case("%+05ld", .number(12), gives: "+0012"),
        Case("%d", .number(1), .number(2), gives: "1"),
        Case("%c%c", .number(65), .number(66), gives: "AB"),
        Case("%5c|%-5c|", .number(65), .number(66), gives: "    A|B    |"),
        Case("%03c|", .number(65), gives: "  A|"),
        Case("100%%", gives: "100%"),
        Case("tab\there\n", gives: "tab\there\n"),
        Case("", gives: ""),
    ]

    static let pointers: [Case] = [
        Case("%px", .number(0x1234), gives: "0000000000001234"),
        Case("%20px|", .number(0x1234), gives: "                1234|"),
        Case("%-20px|", .number(0x1234), gives: "1234                |"),
        Case("%p", .number(0), gives: "0000000000000000"),
        Case("%pK", .number(0), gives: "0000000000000000"),
        Case("%p.", .number(0), gives: "0000000000000000."),
        Case("%20p|", .number(0), gives: "                   0|"),
        Case("%pxyz", .number(0x1234), gives: "0000000000001234"),
        Case("%ps", .number(0x1234), gives: "0x1234"),
        Case("%pS", .number(0x1234), gives: "0x1234"),
        Case("%pB", .number(0x1234), gives: "0x1234"),
        Case("%s", .text("hello"), gives: "hello"),
        Case("%10s|%-10s|", .text("abc"), .text("abc"), gives: "       abc|abc       |"),
        Case("%05s|", .text("ab"), gives: "   ab|"),
        Case("%s.", .text("x"), gives: "x."),
        Case("%s", .number(0x10), gives: ""),
        Case("%pks|", .text("kern"), gives: "kern|"),
        Case("%10pks|", .text("kern"), gives: "kern|"),
        Case("%pus|", .number(0x10), gives: "|"),
        Case("%pI4", loopback, gives: "127.0.0.1"),
        Case("%pi4", loopback, gives: "127.000.000.001"),
        Case("%20pI4|", loopback, gives: "127.0.0.1|"),
        Case("%pI4abc def", loopback, gives: "127.0.0.1 def"),
        Case("%pI4", .number(0x10), gives: "0.0.0.0"),
        Case("%pI6", linkLocal, gives: "fe80:0000:0000:0000:0000:0000:0000:0001"),
        Case("%pi6", linkLocal, gives: "fe800000000000000000000000000001"),
        Case("%pI6c", linkLocal, gives: "fe80:0000:0000:0000:0000:0000:0000:0001"),
    ]

    static let refused: [Case] = [
        Case("%.3d", .number(1), gives: nil), Case("%#x", .number(1), gives: nil),
        Case("%o", .number(1), gives: nil), Case("%pq", .number(1), gives: nil),
        Case("%", gives: nil), Case("%d %d", .number(1), gives: nil),
        Case("%sabc", .text("x"), gives: nil), Case("%hd", .number(5), gives: nil),
        Case("%ll", .number(5), gives: nil), Case("%lc", .number(5), gives: nil),
        Case("%pI5", .number(1), gives: nil), Case("%pks5", .text("x"), gives: nil),
        Case("%d\u{1}", .number(1), gives: nil), Case("é", gives: nil),
    ]

    /// Output at 0, the format at 256, the arguments at 384, what they point to from 512 on.
    private static func memory(_ format: String, _ arguments: [Argument]) -> [UInt8] {
        var memory = [UInt8](repeating: 0, count: 384)
        memory.replaceSubrange(256..<256 + format.utf8.count, with: format.utf8)
        var tail: [UInt8] = []
        for argument in arguments {
            switch argument {
            case .number(let number): memory += bytes(number)
            case .bytes(let content):
                memory += bytes(UInt64(2 << 32 | (512 + tail.count)))
                tail += content
            }
        }
        memory += [UInt8](repeating: 0, count: 512 - memory.count)
        return memory + tail + [0]
    }

    @Test(arguments: numbers + pointers + refused)
    func `a format gives what it gives in the kernel`(test: Case) throws {
        let program = try TestProgram(
            """
            r6 = r1
            r2 = 200
            r3 = r1
            r3 += 256
            r4 = r1
            r4 += 384
            r5 = \(test.arguments.count * 8)
            call bpf_snprintf
            exit
            """
        )
        let memory = Self.memory(test.format, test.arguments)
        let result = try program.program.run(memory: memory)
        guard let text = test.text else {
            #expect(Int64(bitPattern: result.returned) == -22)
            return
        }
        #expect(result.returned == UInt64(text.utf8.count + 1))
        #expect(String(decoding: result.context.prefix { $0 != 0 }, as: UTF8.self) == text)
    }

    @Test(arguments: numbers + pointers)
    func `a line is printed without its line end, and its length returned`(test: Case) throws {
        guard let text = test.text else { return }
        let program = try TestProgram(
            """
            r3 = r1
            r1 += 256
            r2 = \(test.format.utf8.count + 1)
            r3 += 384
            r4 = \(test.arguments.count * 8)
            call bpf_trace_vprintk
            exit
            """
        )
        #expect(
            try program.run(Self.memory(test.format, test.arguments)) == UInt64(text.utf8.count)
        )
        #expect(program.output.lines == [text.hasSuffix("\n") ? String(text.dropLast()) : text])
    }

    @Test func `three arguments go in registers`() throws {
        let program = try TestProgram(
            """
            r2 = 12
            r3 = 1
            r4 = 2
            r5 = 3
            call bpf_trace_printk
            exit
            """
        )
        #expect(try program.run(Array("%d, %d, %d\n\0".utf8)) == 8)
        #expect(program.output.lines == ["1, 2, 3"])
        #expect(try program.run(Array("%d, %d, %d\nno zero".utf8)) == UInt64(bitPattern: -22))
    }

    @Test func `output is cut to the buffer and still ends with a zero byte`() throws {
        let program = try TestProgram(
            """
            r2 = 4
            r3 = r1
            r3 += 256
            r4 = 0
            r5 = 0
            call bpf_snprintf
            exit
            """
        )
        let result = try program.program.run(memory: Self.memory("abcdef", []))
        #expect(result.returned == 7)
        #expect(result.context.prefix(5) == [0x61, 0x62, 0x63, 0, 0])
    }

    @Test func `a string longer than the room for arguments is cut, and the next one refused`()
        throws
    {
        let long = String(repeating: "x", count: 600)
        let vprintk = { (count: Int) in
            """
            r3 = r1
            r1 += 256
            r2 = 5
            r3 += 384
            r4 = \(count * 8)
            call bpf_trace_vprintk
            exit
            """
        }
        let one = try TestProgram(vprintk(1))
        #expect(try one.run(Self.memory("%s\0\0\0", [.text(long)])) == 511)
        let two = try TestProgram(vprintk(2))
        #expect(
            try two.run(Self.memory("%s%s", [.text(long), .text("y")])) == UInt64(bitPattern: -28)
        )
    }

    @Test func `a function of the program has its name`() throws {
        let program = try TestProgram(
            """
            r2 = 11
            r3 = callback ll
            r4 = r3
            r5 = r3
            call bpf_trace_printk
            exit
            callback:
            r0 = 0
            exit
            """,
            functions: [0: "main", 7: "callback"]
        )
        #expect(try program.run(Array("%ps,%pS,%d\0".utf8)) > 0)
        #expect(program.output.lines.first?.hasPrefix("callback,callback+0x0/0x10,") == true)
    }
}
