import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import Testing

/// What is pinned where, and what paths say that are no pins.
@Suite(.liveKernel, .pinning) struct PinnedTests {
    @Test func `pins are found by what they hold`() throws {
        try LiveKernel.withPinDirectory { directory in
            let map = try LiveKernel.map(.array, key: 4, value: 4, entries: 1)
            let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
            try map.pin(at: directory + "/map")
            try map.pin(at: directory + "/again")
            try program.pin(at: directory + "/program")
            let system = SystemCalls.linux
            #expect(
                system.pins(of: .map, id: map.shape.id) == [
                    directory + "/again", directory + "/map",
                ])
            #expect(system.pins(of: .program, id: program.id) == [directory + "/program"])
            #expect(system.pins(of: .types, id: 1) == [])
            #expect(system.pins(of: .map, id: .max) == [])
        }
    }

    @Test func `what is no pin is said so`() throws {
        try LiveKernel.withPinDirectory { directory in
            let rows = [
                (directory + "/nothing", "ENOENT: nothing is pinned there"),
                ("/proc/self/status", "EACCES: it is not in a BPF file system, where pins are"),
                (directory, "EACCES: it is a directory; name one of the pins in it"),
            ]
            for (path, reason) in rows {
                let error = #expect(throws: KernelError.self) { _ = try KernelMap(pinnedAt: path) }
                #expect(error?.description == "opening the pin \(path): \(reason)")
            }
        }
    }
}
