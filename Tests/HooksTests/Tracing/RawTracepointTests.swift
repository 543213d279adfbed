import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct RawTracepointTests {
    @Test func `an unknown tracepoint is named in the error`() throws {
        let program = try LiveKernel.program(.rawTracepoint, "r0 = 0\nexit")
        #expect(throws: KernelError.self) {
            _ = try program.attachRawTracepoint("no_such_tracepoint")
        }
    }
}
