import EBPF
import ExecSnoopProgram
import Foundation

// Tells of every program that is started, or of those that one process starts; takes root:
//     sudo swift run exec-snoop [PROCESS]
do {
    var configuration = ExecSnoop.Configuration()
    configuration.process = CommandLine.arguments.dropFirst().first.flatMap { UInt32($0) }
    let snoop = try ExecSnoop.load(on: .kernel, configuration: configuration)
    let link = try snoop.reportStart.attach()
    for try await start in snoop.starts.events {
        print(start.process, start.parent, start.user, start.command)
        fflush(nil)
    }
    try link.detach()
} catch {
    FileHandle.standardError.write(Data("exec-snoop: \(error)\n".utf8))
    exit(1)
}
