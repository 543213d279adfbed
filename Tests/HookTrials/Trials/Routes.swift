import EBPFHooks
import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Packets that take a route (lightweight tunnels).
extension HookTrial {
    static let routes: [HookTrial] = [
        HookTrial(hook: "lwt_in") { _ in try route("lwt_in", kind: 1) },
        HookTrial(hook: "lwt_out") { _ in try route("lwt_out", kind: 2) },
        HookTrial(hook: "lwt_xmit") { _ in try route("lwt_xmit", kind: 3) },
    ]

    /// Attaches a program to the route to 10.9.9.9, in one direction or at the end of the way out.
    private static func route(_ section: String, kind: UInt16) throws -> String {
        let proof = try Proof()
        let program = try proof.counter.program(section)
        let wire = try Wire()
        let destination: [UInt8] = [10, 9, 9, 9]
        let isInput = kind == 1
        let sender = try TrialSocket(AF_INET, SOCK_DGRAM)
        let routes = try RouteSocket()
        try routes.add(address: [10, 9, 0, 1], to: wire.first)
        let route = RouteMessage.Route(
            destination: destination, interface: isInput ? 1 : wire.first, isLocal: isInput,
            encapsulation: (kind, program.number))
        let before = try proof.counter.count
        try routes.add(route)
        let trigger: () throws -> Void = {
            if isInput {
                try wire.send(Wire.datagram(from: [10, 9, 0, 2], to: destination))
            } else {
                // Without the route, nobody knows the way.
                _ = try? sender.send([1], to: .ip4(destination, port: 9))
            }
        }
        let seen = try proof.runs(since: before, triggering: trigger)
        try routes.remove(route)
        try proof.stays(trigger: trigger)
        return seen
    }
}
