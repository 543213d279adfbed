import EBPFProgram
let devices = DeviceMap(maxEntries: 4)
let deviceHash = DeviceHash(maxEntries: 4)
let cpus = CPUMap(maxEntries: 4)
let xsks = XSKMap(maxEntries: 4)
let programs = ProgramArray(maxEntries: 4)
@section("xdp") @used
func redirects(_ packet: XDPContext) -> XDPAction {
    switch packet.queue {
    case 0: return devices.redirect(to: 1, else: .pass)
    case 1: return deviceHash.redirect(to: 77)
    case 2: return cpus.redirect(to: 0)
    case 3: return xsks.redirect(to: packet.queue, else: .pass)
    case 4: return devices.broadcast()
    default: break
    }
    programs.call(2, packet)
    return .pass
}
