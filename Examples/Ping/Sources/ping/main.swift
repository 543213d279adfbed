import EBPF
import Foundation

// Answers pings before the system sees them, for ten seconds; takes root:
//     sudo swift run ping eth0
do {
    let interface = CommandLine.arguments.dropFirst().first ?? "lo"
    let pings = try Ping.load(on: .kernel)
    let link = try pings.answerPings.attach(to: .name(interface))
    try await Task.sleep(for: .seconds(10))
    try link.detach()
    print("answered: \(try pings.answered.value)")
} catch {
    FileHandle.standardError.write(Data("ping: \(error)\n".utf8))
    exit(1)
}
