import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import Testing

/// Dynptrs: their bytes, their errors, and that forged or stale ones are faults.
@Suite struct DynptrTests {
    static let functions = [
        "bpf_dynptr_adjust", "bpf_dynptr_size", "bpf_dynptr_is_null", "bpf_dynptr_is_rdonly",
        "bpf_dynptr_clone", "bpf_dynptr_slice", "bpf_dynptr_slice_rdwr", "bpf_dynptr_copy",
        "bpf_dynptr_memset", "bpf_dynptr_from_skb", "bpf_dynptr_from_xdp",
    ]

    /// r6 is a map value of 16 bytes, 1 to 16, and fp-16 a dynptr of it; r8 is the memory.
    static let make = """
        r8 = r1
        r1 = values ll
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        call bpf_map_lookup_elem
        if r0 == 0 goto missing
        r6 = r0
        r1 = r6
        r2 = 16
        r3 = 0
        r4 = r10
        r4 += -16
        call bpf_dynptr_from_mem
        missing:

        """

    /// Arguments in registers, `p` for the dynptr at fp-16, `q` for fp-32, `m` for the memory.
    static func call(_ function: String, _ arguments: String...) -> String {
        var text = ""
        for (index, argument) in arguments.enumerated() {
            let register = "r\(index + 1)"
            switch argument {
            case "p": text += "\(register) = r10\n\(register) += -16\n"
            case "q": text += "\(register) = r10\n\(register) += -32\n"
            case "m": text += "\(register) = r8\n"
            default: text += "\(register) = \(argument)\n"
            }
        }
        return text + "call \(function)\n"
    }

    /// What to do with the dynptr; r0; the memory afterwards, if it matters.
    static let cases: [(String, Int64, [UInt8]?)] = [
        (call("bpf_dynptr_read", "m", "4", "p", "2", "0"), 0, [3, 4, 5, 6]),
        (call("bpf_dynptr_read", "m", "4", "p", "13", "0"), -7, nil),
        (call("bpf_dynptr_read", "m", "4", "p", "2", "1"), -22, nil),
        (
            call("bpf_dynptr_write", "p", "1", "m", "2", "0")
                + call("bpf_dynptr_read", "m", "4", "p", "0", "0"), 0, [1, 0, 0, 4]
        ),
        (call("bpf_dynptr_write", "p", "1", "m", "2", "1"), -22, nil),
        (call("bpf_dynptr_write", "p", "15", "m", "2", "0"), -7, nil),
        (call("bpf_dynptr_data", "p", "8", "8") + "r0 = *(u8 *)(r0 + 0)\n", 9, nil),
        (call("bpf_dynptr_data", "p", "8", "9"), 0, nil),
        (call("bpf_dynptr_size", "p"), 16, nil),
        (call("bpf_dynptr_is_null", "p"), 0, nil),
        (call("bpf_dynptr_is_rdonly", "p"), 0, nil),
        (call("bpf_dynptr_adjust", "p", "4", "8") + call("bpf_dynptr_size", "p"), 4, nil),
        (
            call("bpf_dynptr_adjust", "p", "4", "8")
                + call("bpf_dynptr_read", "m", "4", "p", "0", "0"), 0, [5, 6, 7, 8]
        ),
        (call("bpf_dynptr_adjust", "p", "8", "4"), -22, nil),
        (call("bpf_dynptr_adjust", "p", "8", "17"), -34, nil),
        (
            call("bpf_dynptr_clone", "p", "q") + call("bpf_dynptr_adjust", "p", "4", "8")
                + call("bpf_dynptr_size", "q"), 16, nil
        ),
        (
            call("bpf_dynptr_slice", "p", "3", "0", "4") + "r0 = *(u32 *)(r0 + 0)\n", 0x0706_0504,
            nil
        ),
        (
            call("bpf_dynptr_slice_rdwr", "p", "3", "0", "4") + "*(u8 *)(r0 + 0) = 99\n"
                + call("bpf_dynptr_read", "m", "4", "p", "2", "0"), 0, [3, 99, 5, 6]
        ),
        (call("bpf_dynptr_slice", "p", "14", "0", "4"), 0, nil),
        (
            call("bpf_dynptr_memset", "p", "1", "2", "7")
                + call("bpf_dynptr_read", "m", "4", "p", "0", "0"), 0, [1, 7, 7, 4]
        ),
        (call("bpf_dynptr_memset", "p", "15", "2", "7"), -7, nil),
        (
            call("bpf_dynptr_clone", "p", "q") + call("bpf_dynptr_copy", "p", "0", "q", "8", "4")
                + call("bpf_dynptr_read", "m", "4", "p", "0", "0"), 0, [9, 10, 11, 12]
        ),
        (call("bpf_dynptr_from_mem", "r6", "16", "1", "q"), -22, nil),
        (call("bpf_dynptr_from_mem", "r6", "0x2000000", "0", "q"), -7, nil),
        (
            call("bpf_dynptr_from_mem", "r6", "16", "1", "q") + call("bpf_dynptr_is_null", "q"), 1,
            nil
        ),
        (
            call("bpf_dynptr_from_mem", "r6", "16", "1", "q")
                + call("bpf_dynptr_size", "q"), 0xffff_ffea, nil
        ),
        (
            call("bpf_dynptr_from_mem", "r6", "16", "1", "q")
                + call("bpf_dynptr_read", "m", "4", "q", "0", "0"), -22, nil
        ),
        (
            call("bpf_dynptr_from_mem", "r6", "16", "1", "q")
                + call("bpf_dynptr_clone", "q", "p"), -22, nil
        ),
    ]

    private static func program(_ text: String) throws -> TestProgram {
        let program = try TestProgram(
            make + text + "exit",
            maps: [.array("values", valueSize: 16)],
            kernelFunctions: functions
        )
        try program.map("values").update([0, 0, 0, 0], [UInt8](1...16))
        return program
    }

    @Test(arguments: cases.indices)
    func `a dynptr does what the kernel's does`(index: Int) throws {
        let (text, result, memory) = Self.cases[index]
        let outcome = try Self.program(text).program.run(memory: [0, 0, 0, 0])
        #expect(Int64(bitPattern: outcome.returned) == result, "\(text)")
        if let memory { #expect(outcome.context == memory, "\(text)") }
    }

    static let faults: [(String, String)] = [
        // The structure was overwritten, copied, or never made.
        ("*(u64 *)(r10 - 16) = 0\n" + call("bpf_dynptr_size", "p"), "not an initialised dynptr"),
        (
            "r1 = *(u64 *)(r10 - 16)\n*(u64 *)(r10 - 32) = r1\n" + call("bpf_dynptr_size", "q"),
            "not an initialised dynptr"
        ),
        (call("bpf_dynptr_size", "q"), "not an initialised dynptr"),
        ("r1 = 5\ncall bpf_dynptr_size\n", "not an initialised dynptr"),
        // It must be on the stack.
        (call("bpf_dynptr_from_mem", "r6", "16", "0", "m"), "not a dynptr that is not in use"),
        (call("bpf_dynptr_from_mem", "r6", "17", "0", "q"), "not memory that may be written"),
    ]

    @Test(arguments: faults)
    func `a forged dynptr is a fault`(text: String, message: String) throws {
        let program = try Self.program(text)
        let error = try #require(throws: ExecutionError.self) {
            try program.run([UInt8](repeating: 0, count: 16))
        }
        #expect(error.message.contains(message))
    }

    @Test func `packets are dynptrs too`() throws {
        let packet = [UInt8](0..<64)
        let cases: [(ProgramType, String, Int64)] = [
            (.xdp, "bpf_dynptr_from_xdp", 0x0f0e_0d0c),
            (.schedulerClassifier, "bpf_dynptr_from_skb", 0x0f0e_0d0c),
            (.socketFilter, "bpf_dynptr_from_skb", 0x0f0e_0d0c),
        ]
        for (type, function, result) in cases {
            let program = try TestProgram(
                "r2 = 0\nr3 = r10\nr3 += -16\ncall \(function)\n"
                    + "r1 = r10\nr1 += -16\nr2 = 12\nr3 = r10\nr3 += -32\nr4 = 4\n"
                    + "call bpf_dynptr_slice\nr0 = *(u32 *)(r0 + 0)\nexit",
                type: type,
                kernelFunctions: Self.functions
            )
            #expect(Int64(try program.program.run(packet: packet).returned) == result, "\(type)")
        }
        let writer = try TestProgram(
            "r2 = 0\nr3 = r10\nr3 += -16\ncall bpf_dynptr_from_xdp\n*(u32 *)(r10 - 4) = 5\n"
                + "r1 = r10\nr1 += -16\nr2 = 60\nr3 = r10\nr3 += -4\nr4 = 4\nr5 = 0\n"
                + "call bpf_dynptr_write\nexit",
            type: .xdp,
            kernelFunctions: Self.functions
        )
        #expect(try writer.program.run(packet: packet).packet.suffix(4) == [5, 0, 0, 0])
    }
}
