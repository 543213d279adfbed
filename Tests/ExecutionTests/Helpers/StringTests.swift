import EBPFBytecode
import EBPFExecution
import Testing

/// Numbers from text, comparisons, reads from any address.
@Suite struct StringTests {
    struct Number: Sendable {
        let text: String
        let base: Int
        let isSigned: Bool
        let result: Int64
        let value: UInt64

        init(
            _ text: String,
            base: Int = 0,
            signed: Bool = true,
            _ result: Int64,
            _ value: UInt64 = 0
        ) {
            self.text = text
            self.base = base
            isSigned = signed
            self.result = result
            self.value = value
        }
    }

    static let numbers: [Number] = [
        Number("42", 2, 42), Number("  42x", 4, 42), Number("-42", 3, UInt64(bitPattern: -42)),
        Number("0x1f", 4, 31), Number("017", 3, 15), Number("0x", 1, 0), Number("0xg", 1, 0),
        Number("ff", base: 16, 2, 255), Number("0Xff", base: 16, 4, 255),
        Number("89", base: 8, -22), Number("78", base: 8, 1, 7), Number("12", base: 3, -22),
        Number("12", base: 32, -22), Number("", -22), Number("   ", -22), Number("-", -22),
        Number("x", -22), Number("- 1", -22), Number("+1", -22),
        Number("9223372036854775807", 19, UInt64(Int64.max)),
        Number("9223372036854775808", -34),
        Number("-9223372036854775808", 20, 1 << 63), Number("-9223372036854775809", -34),
        Number("18446744073709551616", -34),
        Number("18446744073709551615", signed: false, 20, .max),
        Number("18446744073709551616", signed: false, -34), Number("-1", signed: false, -22),
        Number("0", signed: false, 1, 0),
    ]

    @Test(arguments: numbers)
    func `a number is read as the kernel reads it`(test: Number) throws {
        let program = try TestProgram(
            """
            r4 = r1
            r1 += 8
            r2 += -8
            r3 = \(test.base)
            call \(test.isSigned ? "bpf_strtol" : "bpf_strtoul")
            exit
            """
        )
        let memory = [UInt8](repeating: 0xff, count: 8) + test.text.utf8
        let result = try program.program.run(memory: memory)
        #expect(Int64(bitPattern: result.returned) == test.result)
        #expect(word(result.context) == test.value)
    }

    static let functions = [
        "bpf_strcmp", "bpf_strcasecmp", "bpf_strlen", "bpf_strnlen", "bpf_strchr", "bpf_strnchr",
        "bpf_strchrnul", "bpf_strrchr", "bpf_strspn", "bpf_strcspn", "bpf_strstr", "bpf_strnstr",
    ]

    /// A function, its two texts, a number that follows, and the result.
    static let calls: [(String, String, String, Int32?, Int32)] = [
        ("bpf_strcmp", "abc", "abc", nil, 0), ("bpf_strcmp", "abc", "abd", nil, -1),
        ("bpf_strcmp", "b", "abd", nil, 1), ("bpf_strcmp", "ab", "abd", nil, -1),
        ("bpf_strcasecmp", "aBc", "AbC", nil, 0), ("bpf_strcasecmp", "a", "_", nil, 1),
        ("bpf_strlen", "hello", "", nil, 5), ("bpf_strlen", "", "", nil, 0),
        ("bpf_strspn", "aabbc", "ab", nil, 4), ("bpf_strspn", "xyz", "ab", nil, 0),
        ("bpf_strcspn", "hello world", " ", nil, 5), ("bpf_strcspn", "abc", "", nil, 3),
        ("bpf_strstr", "hello world", "o w", nil, 4), ("bpf_strstr", "hello", "", nil, 0),
        ("bpf_strstr", "hello", "z", nil, -2), ("bpf_strstr", "aaab", "aab", nil, 1),
        ("bpf_strnstr", "hello world", "world", 11, 6),
        ("bpf_strnstr", "hello world", "world", 10, -2),
    ]

    @Test(arguments: calls.indices)
    func `a string function gives what the kernel's gives`(index: Int) throws {
        let (function, first, second, number, result) = Self.calls[index]
        let program = try TestProgram(
            """
            r2 = r1
            r2 += 32
            r3 = \(number ?? 0)
            call \(function)
            exit
            """,
            kernelFunctions: Self.functions
        )
        #expect(Int32(truncatingIfNeeded: try program.run(Self.memory(first, second))) == result)
    }

    static let searches: [(String, String, String, Int32)] = [
        ("bpf_strnlen", "r2 = 3", "hello", 3), ("bpf_strnlen", "r2 = 9", "hello", 5),
        ("bpf_strchr", "r2 = 108", "hello", 2), ("bpf_strchr", "r2 = 0", "hello", 5),
        ("bpf_strchr", "r2 = 122", "hello", -2), ("bpf_strrchr", "r2 = 108", "hello", 3),
        ("bpf_strrchr", "r2 = 122", "hello", -2), ("bpf_strchrnul", "r2 = 122", "hello", 5),
        ("bpf_strnchr", "r2 = 2\nr3 = 108", "hello", -2),
        ("bpf_strnchr", "r2 = 3\nr3 = 108", "hello", 2),
        ("bpf_strlen", "r1 = 16", "", -34), ("bpf_strlen", "r1 = -1", "", -14),
        ("bpf_strchr", "r1 = 16\nr2 = 1", "", -34),
    ]

    @Test(arguments: searches)
    func `a character is found where it is`(
        function: String,
        set: String,
        text: String,
        result: Int32
    ) throws {
        let program = try TestProgram(
            "\(set)\ncall \(function)\nexit",
            kernelFunctions: Self.functions
        )
        #expect(Int32(truncatingIfNeeded: try program.run(Self.memory(text, ""))) == result)
    }

    private static func memory(_ first: String, _ second: String) -> [UInt8] {
        let padding = [UInt8](repeating: 0, count: 32 - first.utf8.count)
        return Array(first.utf8) + padding + Array(second.utf8) + [0]
    }

    @Test func `a string without an end within 64 KiB is too big`() throws {
        let program = try TestProgram("call bpf_strlen\nexit", kernelFunctions: Self.functions)
        let memory = [UInt8](repeating: 1, count: 65_536)
        #expect(Int32(truncatingIfNeeded: try program.run(memory)) == -7)
    }

    static let comparisons: [(String, Int, String, Int64)] = [
        ("abc", 4, "abc", 0), ("abc", 2, "abd", 0), ("abc", 3, "abd", -1), ("b", 1, "a", 1),
        ("abc", 0, "x", 0),
    ]

    @Test(arguments: comparisons)
    func `strncmp compares up to a length`(
        first: String,
        count: Int,
        second: String,
        result: Int64
    ) throws {
        let program = try TestProgram(
            "r3 = r1\nr3 += 32\nr2 = \(count)\ncall bpf_strncmp\nexit"
        )
        #expect(Int64(bitPattern: try program.run(Self.memory(first, second))) == result)
    }

    /// A helper, the size and the address; r0 and the destination.
    static let reads: [(String, Int, String, Int64, [UInt8])] = [
        ("bpf_probe_read_kernel", 4, "r8", 0, [104, 101, 108, 108]),
        ("bpf_probe_read_user", 4, "r8", 0, [104, 101, 108, 108]),
        ("bpf_copy_from_user", 4, "r8", 0, [104, 101, 108, 108]),
        ("bpf_probe_read", 4, "8", -14, [0, 0, 0, 0]),
        ("bpf_copy_from_user", 4, "8", -14, [0, 0, 0, 0]),
        ("bpf_probe_read_kernel", 0, "8", 0, [9, 9, 9, 9]),
        ("bpf_probe_read_kernel_str", 8, "r8", 6, [104, 101, 108, 108, 111, 0, 9, 9]),
        ("bpf_probe_read_user_str", 4, "r8", 4, [104, 101, 108, 0, 9]),
        ("bpf_probe_read_str", 4, "8", -14, [0, 0, 0, 0, 9]),
        ("bpf_probe_read_kernel_str", 0, "r8", 0, [9]),
    ]

    @Test(arguments: reads.indices)
    func `a read that fails clears the destination`(index: Int) throws {
        let (helper, size, address, result, bytes) = Self.reads[index]
        let program = try TestProgram(
            """
            r8 = r1
            r8 += 16
            r2 = \(size)
            r3 = \(address)
            call \(helper)
            exit
            """
        )
        let memory = [UInt8](repeating: 9, count: 16) + Array("hello".utf8) + [0]
        let outcome = try program.program.run(memory: memory)
        #expect(Int64(bitPattern: outcome.returned) == result)
        #expect(Array(outcome.context.prefix(bytes.count)) == bytes)
    }
}
