import EBPFProgram
struct Flow { var lock: SpinLock; var padding: UInt32; var packets: UInt64; var bytes: UInt64 }
struct Session { var timer: KernelTimer; var packets: UInt64 }
let flows = HashMap<UInt32, Flow>(maxEntries: 16)
let sessions = HashMap<UInt32, Session>(maxEntries: 16)
@section("xdp") @used
func locks(_ packet: XDPContext) -> XDPAction {
    let size = UInt64(packet.byteCount)
    if let flow = flows.lookup(packet.interface) {
        flow.pointee.lock.withLock {
            flow.pointee.packets &+= 1
            flow.pointee.bytes &+= size
        }
    }
    if let session = sessions.lookup(1) {
        session.pointee.timer.start(in: sessions, after: 1_000_000) { _, key, value in
            sessions.value(value).pointee.packets &+= 1
            return .done
        }
    }
    return .pass
}
