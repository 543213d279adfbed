import EBPF
import Foundation

// Tells how long servers take to answer connections of this host, live; takes root:
//     sudo swift run flow-latency eth0
do {
    let interface = CommandLine.arguments.dropFirst().first ?? "lo"
    let latency = try FlowLatency.load(on: .kernel)
    let requests = try latency.flowLatency.attach(to: .name(interface), .egress)
    let answers = try latency.flowLatency.attach(to: .name(interface), .ingress)
    for try await handshake in latency.handshakes.events {
        let microseconds = handshake.nanoseconds / 1000
        print("port \(handshake.flow.serverPort): \(microseconds) µs", terminator: "")
        print(handshake.retransmissions > 0 ? ", \(handshake.retransmissions) again" : "")
        fflush(nil)
    }
    try requests.detach()
    try answers.detach()
} catch {
    FileHandle.standardError.write(Data("flow-latency: \(error)\n".utf8))
    exit(1)
}
