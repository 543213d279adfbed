import EBPFBytecode
import Testing

@Suite struct ClassicProgramTests {
    /// What `tcpdump -ddd -y EN10MB ip` (libpcap 1.10) prints.
    private static let ip = "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0"

    @Test func `programs come from and go to the text of tcpdump`() throws {
        let program = try ClassicProgram(parsing: Self.ip)
        #expect(program.description == Self.ip)
        #expect(program.instructions[1] == .init(code: 21, ifTrue: 0, ifFalse: 1, operand: 2048))
        #expect(ClassicProgram(Self.ip.replacing("\n", with: ",")) == program)
        #expect(program.bytes.prefix(16) == [40, 0, 0, 0, 12, 0, 0, 0, 21, 0, 0, 1, 0, 8, 0, 0])
    }

    @Test(arguments: [
        ("", "line 1: the number of instructions is missing"),
        ("ip", "line 1: the number of instructions is missing"),
        ("1\n6 0 0", "line 2: \"6 0 0\" is not an instruction"),
        ("1\n6 0 256 0", "line 2: \"6 0 256 0\" is not an instruction"),
        ("2\n6 0 0 0", "line 1 announces 2 instructions, but 1 follow"),
    ])
    func `text that is no program is refused with its place`(_ text: String, _ reason: String) {
        #expect(ClassicProgram(text) == nil)
        do {
            _ = try ClassicProgram(parsing: text)
            Issue.record("no error")
        } catch { #expect(error.description.contains(reason)) }
    }
}
