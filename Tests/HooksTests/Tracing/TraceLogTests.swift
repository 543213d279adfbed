import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

/// The log that all programs of the system write into.
@Suite(.liveKernel) struct TraceLogTests {
    @Test(.enabled("tracing is on (tracing_on)") { (try? Tracefs().log().isOn) == true })
    func `what a program prints is read line by line`() async throws {
        let program = try LiveKernel.program(
            .rawTracepoint,
            """
            r1 = 0x64252074736574 ll
            *(u64 *)(r10 - 16) = r1
            r1 = 0
            *(u64 *)(r10 - 8) = r1
            r3 = 4711
            r1 = r10
            r1 += -16
            r2 = 8
            call 6
            r0 = 0
            exit
            """)
        let log = try Tracefs().log()
        let lines = try log.lines()
        let reader = Task {
            var texts: [String] = []
            // Others may print, too.
            for try await line in lines.within(.seconds(30)) where line.hasSuffix("test 4711") {
                texts.append(line)
                if texts.count == 3 { break }
            }
            return texts
        }
        for _ in 0..<3 {
            try await Task.sleep(for: .milliseconds(1))
            _ = try program.run(context: [])
        }
        let texts = try await reader.value
        #expect(texts.count == 3)
        #expect(texts.allSatisfy { $0.contains("bpf_trace_printk: test 4711") })
    }
}
