import ConnectRedirectProgram
import EBPF
import Foundation

// Sends connections of a control group's processes to 192.0.2.1, port 80, to a server of this
// host; takes root:
//     sudo swift run connect-redirect /sys/fs/cgroup/GROUP 8080
do {
    let arguments = CommandLine.arguments.dropFirst()
    guard let group = arguments.first, let port = arguments.last.flatMap({ UInt16($0) }) else {
        print("usage: connect-redirect GROUP PORT")
        exit(64)
    }
    let redirect = try ConnectRedirect.load(on: .kernel)
    let service = Endpoint(.init(192, 0, 2, 1), port: 80)
    try redirect.servers.update(service, Endpoint(.init(127, 0, 0, 1), port: port))
    let connections = try redirect.redirectConnection.attach(toControlGroup: group)
    let names = try redirect.nameService.attach(toControlGroup: group)
    while true {
        try await Task.sleep(for: .seconds(1))
        print("redirected: \(try redirect.redirected.value)")
        fflush(nil)
    }
    try connections.detach()
    try names.detach()
} catch {
    FileHandle.standardError.write(Data("connect-redirect: \(error)\n".utf8))
    exit(1)
}
