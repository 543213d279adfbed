import EBPF
import ExecWatch

guard CommandLine.arguments.count == 3 else {
    print("usage: exec-watch exec-snoop.bpf.o exec-counter.bpf.o")
    throw KernelErrno.invalidArgument
}
let watch = try ExecWatch(
    on: .kernel,
    snoop: ObjectFile(contentsOf: CommandLine.arguments[1]).specs(),
    counter: ObjectFile(contentsOf: CommandLine.arguments[2]).specs())
for try await start in watch.starts {
    print(start.process, start.user, start.command, try watch.startsByUser()[start.user] ?? 0)
}
