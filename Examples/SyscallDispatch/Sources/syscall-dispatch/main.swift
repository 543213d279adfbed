import EBPF
import Foundation

// Counts the system calls of ten seconds, of all processes or of one; takes root:
//     sudo swift run syscall-dispatch [PROCESS]
do {
    var configuration = SyscallDispatch.Configuration()
    configuration.process = CommandLine.arguments.dropFirst().first.flatMap { UInt32($0) }
    let calls = try SyscallDispatch.load(on: .kernel, configuration: configuration)
    try calls.calls.update(110, calls.onGetParent)
    try calls.calls.update(257, calls.onOpen)
    let link = try calls.dispatch.attach()
    try await Task.sleep(for: .seconds(10))
    try link.detach()
    print("getppid: \(try calls.parentsAsked.value)")
    print("openat: \(try calls.filesOpened.value)")
    print("others: \(try calls.others.value)")
} catch {
    FileHandle.standardError.write(Data("syscall-dispatch: \(error)\n".utf8))
    exit(1)
}
