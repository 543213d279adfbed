import EBPF
import Foundation

// Keeps an interface from blocked networks and services until it is interrupted; takes root:
//     sudo swift run firewall eth0
do {
    let interface = CommandLine.arguments.dropFirst().first ?? "lo"
    let firewall = try Firewall.load(on: .kernel)
    _ = try firewall.loadRules.run(packet: [UInt8](repeating: 0, count: 64))
    let link = try firewall.firewall.attach(to: .name(interface))
    while true {
        try await Task.sleep(for: .seconds(1))
        for (service, rule) in try firewall.services.entries() where rule.packets > 0 {
            print("port \(service.port): \(rule.packets) packets, \(rule.bytes) bytes")
        }
        fflush(nil)
    }
    try link.detach()
} catch {
    FileHandle.standardError.write(Data("firewall: \(error)\n".utf8))
    exit(1)
}
