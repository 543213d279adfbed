import EBPF
import Foundation

// Shows how long the TCP connections of ten seconds took to be made; takes root:
//     sudo swift run connect-latency [PROCESS]
do {
    var configuration = ConnectLatency.Configuration()
    configuration.process = CommandLine.arguments.dropFirst().first.flatMap { UInt32($0) }
    let latency = try ConnectLatency.load(on: .kernel, configuration: configuration)
    let link = try latency.onStateChange.attach()
    try await Task.sleep(for: .seconds(10))
    try link.detach()
    for place in 0..<latency.histogram.count {
        let count = try latency.histogram[place]
        guard count > 0 else { continue }
        print("\(1 << place)…\(2 << place) µs: \(count)")
    }
    print("not made: \(try latency.failed.value)")
} catch {
    FileHandle.standardError.write(Data("connect-latency: \(error)\n".utf8))
    exit(1)
}
