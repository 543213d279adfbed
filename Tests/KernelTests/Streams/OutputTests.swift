import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Testing

/// What programs say, and the log of the system.
@Suite struct OutputTests {
    @Test func `pieces are cut into lines`() {
        var splitter = LineSplitter()
        let rows: [(String, [String])] = [
            ("one", []), (" line\n", ["one line"]), ("\n", [""]), ("a\nb\nc", ["a", "b"]),
            ("", []), ("\r\n", ["c\r"]),
        ]
        for (piece, lines) in rows { #expect(splitter.lines(Array(piece.utf8)) == lines) }
        #expect(splitter.end() == nil)
        #expect(splitter.lines(Array("rest".utf8)) == [])
        #expect(splitter.end() == "rest")
        #expect(splitter.end() == nil)
    }

    @Test(.liveKernel) func `a program that says nothing has no output`() throws {
        let program = try LiveKernel.program(.socketFilter, "r0 = 0\nexit")
        for channel in OutputChannel.allCases {
            #expect(try program.readOutput(channel) == [])
        }
    }

    @Test func `an old kernel keeps no output`() throws {
        let old = SystemCalls { call, arguments in
            guard call == .bpf else { return 0 }
            return arguments.a == BPFCommand.programStreamRead.rawValue ? -22 : 0
        }
        let program = try KernelProgram(owning: Descriptor(owning: 3, system: old))
        let error = #expect(throws: KernelError.self) { try program.readOutput() }
        #expect(
            error?.description == "reading the output of program 0: EINVAL: "
                + "kernels before Linux 6.17 keep no output of programs")
    }

    /// The kernel stops a loop without end after a quarter of a second and says so.
    @Test(.liveKernel) func `the kernel says why it stopped a program`() async throws {
        let program = try LiveKernel.program(
            .socketFilter,
            """
            again:
            may_goto end
            goto again
            end:
            r0 = 0
            exit
            """)
        _ = try program.run(packet: [UInt8](repeating: 0, count: 64))
        for try await line in program.outputLines(.errors, every: .milliseconds(1)) {
            #expect(line.contains("ERROR: Timeout detected for may_goto instruction"))
            break
        }
        #expect(try program.readOutput(.output) == [])
    }
}
