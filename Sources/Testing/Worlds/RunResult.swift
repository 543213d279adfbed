import EBPFExecution
import EBPFKernel

/// What a run on a packet or a context left behind.
struct RunResult {
    /// The lower half of what the program returned.
    var returned: UInt32 = 0
    var packet: [UInt8] = []
    var context: [UInt8] = []
    var metadata: [UInt8] = []
    var redirect: Redirect?
    var clones: [ClonedPacket] = []

    init() {}

    init(_ result: PacketResult) {
        returned = result.returned
        packet = result.packet
        context = result.context
        metadata = result.metadata
        redirect = result.redirect
        clones = result.clones
    }

    init(_ result: TestRunResult) {
        returned = result.returned
        packet = result.packet
        context = result.context
    }

    init(_ result: ContextResult) {
        returned = UInt32(truncatingIfNeeded: result.returned)
        packet = result.data
        context = result.context
    }
}
