import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import Testing

/// Records from this process to programs.
@Suite(.liveKernel) struct UserRingBufferTests {
    @Test func `room is taken until the ring is full`() throws {
        let ring = try UserRingBuffer(LiveKernel.map(.userRingBuffer, entries: 4096))
        #expect(ring.byteCount == 4096)
        try ring.send([1, 2, 3])
        #expect(ring.positions.available == 16)
        var held = try ring.reserve(byteCount: 8)
        held.withBytes { $0.storeBytes(of: 7, as: UInt64.self) }
        held.discard()
        #expect(ring.positions.available == 32)
        for _ in 0..<254 { try ring.send([0, 0, 0, 0, 0, 0, 0, 0]) }
        let error = #expect(throws: KernelError.self) { try ring.send([1]) }
        #expect(error?.errno == .noSpace)
        #expect(error?.reason == "the ring is full")
        #expect(try !ring.waitForRoom(timeout: .zero))
    }

    @Test func `a record that never fits is refused`() throws {
        let ring = try UserRingBuffer(LiveKernel.map(.userRingBuffer, entries: 4096))
        #expect(throws: KernelError.self) { try ring.send([UInt8](repeating: 0, count: 4089)) }
        #expect(throws: KernelError.self) { _ = try ring.reserve(byteCount: -1) }
        try ring.send([UInt8](repeating: 1, count: 4088))
    }
}
