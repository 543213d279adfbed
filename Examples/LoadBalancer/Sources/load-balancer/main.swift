import EBPF
import Foundation

// Spreads the connections to this host's service over several servers; takes root:
//     sudo swift run load-balancer eth0
do {
    let interface = CommandLine.arguments.dropFirst().first ?? "lo"
    let balancer = try LoadBalancer.load(on: .kernel)
    _ = try balancer.fillRing.run(context: [])
    let link = try balancer.balance.attach(to: .name(interface))
    while true {
        try await Task.sleep(for: .seconds(1))
        for (direction, route) in try balancer.routes.entries() where route.packets > 0 {
            print("\(direction.peer) → \(route.host.address): \(route.packets) packets")
        }
        fflush(nil)
    }
    try link.detach()
} catch {
    FileHandle.standardError.write(Data("load-balancer: \(error)\n".utf8))
    exit(1)
}
