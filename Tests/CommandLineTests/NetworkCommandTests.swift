import EBPFBytecode
@testable import EBPFCommandLine
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

/// `ebpf net` in namespaces of the tests' own, which are named by an open file.
@Suite(.liveKernel) struct NetworkCommandTests {
    /// A namespace that lives as long as its file is open.
    private static func namespace() throws -> KernelFile {
        try withNetworkNamespace {
            KernelFile(try SystemCalls.linux.open("/proc/thread-self/ns/net"))
        }
    }

    private static func run(_ namespace: KernelFile, _ arguments: String...) async -> Session {
        await Session.run(["net"] + arguments + ["--namespace", namespace.path])
    }

    @Test(arguments: [
        ("xdp", "xdp", "xdp", "\"mode\": \"generic\""),
        ("xdp-generic", "xdp", "xdp", "\"mode\": \"generic\""),
        ("xdpgeneric", "xdp", "xdp", "\"mode\": \"generic\""),
        ("tcx-ingress", "tcx/ingress", "tcx", "\"direction\": \"ingress\""),
        ("tcx_egress", "tcx/egress", "tcx", "\"direction\": \"egress\""),
        ("tc-ingress", "tc", "tc", "\"direction\": \"ingress\""),
        ("tc-egress", "tc", "tc", "\"directAction\": true"),
    ])
    func `what is attached is listed, and gone when it is detached`(
        _ hook: String, _ section: String, _ kind: String, _ detail: String
    ) async throws {
        let namespace = try Self.namespace()
        let program = try TestCounter().program(section)
        let id = "\(program.id)"
        let attached = await Self.run(namespace, "attach", hook, id, "--interface", "lo")
        #expect(attached.errors == "")
        #expect(attached.exitCode == 0)
        let list = await Self.run(namespace, "list", "--interface", "lo", "--json")
        #expect(list.output.contains("\"hook\": \"\(kind)\""))
        #expect(list.output.contains("\"program\": \(id)"))
        #expect(list.output.contains(detail))
        let table = await Self.run(namespace, "list", "--interface", "lo")
        #expect(table.output.contains("lo") && table.output.contains("\(id) test"))
        let detached = await Self.run(namespace, "detach", hook, "--interface", "lo")
        #expect(detached.errors == "")
        let left = await Self.run(namespace, "list", "--interface", "lo", "--json")
        #expect(!left.output.contains("\"program\": \(id)"))
    }

    @Test func `of several programs one must be named`() async throws {
        let namespace = try Self.namespace()
        let counter = try TestCounter()
        let (first, second) = (
            try counter.program("tcx/ingress"), try counter.program("tcx/ingress")
        )
        let (one, two) = ("\(first.id)", "\(second.id)")
        _ = await Self.run(namespace, "attach", "tcx-ingress", one, "--interface", "lo")
        _ = await Self.run(
            namespace, "attach", "tcx-ingress", two, "--interface", "lo", "--before", one)
        let unclear = await Self.run(namespace, "detach", "tcx-ingress", "--interface", "lo")
        #expect(
            unclear.errors == "ebpf: 2 programs are attached to tcx-ingress of lo: "
                + "say which with --program (\(two), \(one))\n")
        let clear = await Self.run(
            namespace, "detach", "tcx-ingress", "--interface", "lo", "--program", one)
        #expect(clear.exitCode == 0)
        let again = await Self.run(
            namespace, "detach", "tcx-ingress", "--interface", "lo", "--program", one)
        #expect(
            again.errors == "ebpf: program \(one) is not attached to tcx-ingress of lo; "
                + "there are \(two)\n")
        let rest = await Self.run(namespace, "detach", "tcx-ingress", "--interface", "lo")
        #expect(rest.exitCode == 0)
    }

    @Test func `a program that is there gives way only on request`() async throws {
        let namespace = try Self.namespace()
        let counter = try TestCounter()
        let (first, second) = (try counter.program("xdp"), try counter.program("xdp"))
        let arguments = ["attach", "xdp", "--dev", "lo", "--namespace", namespace.path]
        let free = await Session.run(["net"] + arguments + ["\(first.id)"])
        #expect(free.exitCode == 0)
        let busy = await Session.run(["net"] + arguments + ["\(second.id)"])
        #expect(busy.errors.contains("lo runs program \(first.id) in generic mode"))
        #expect(busy.exitCode == 2)
        let taken = await Session.run(["net"] + arguments + ["\(second.id)", "--overwrite"])
        #expect(taken.exitCode == 0)
        let list = await Self.run(namespace, "list", "--json")
        #expect(list.output.contains("\"program\": \(second.id)"))
    }

    @Test func `what is missing is said`() async throws {
        let namespace = try Self.namespace()
        let empty = await Self.run(namespace, "detach", "xdp", "--interface", "lo")
        #expect(empty.errors == "ebpf: nothing is attached to xdp of lo\n")
        let interface = await Self.run(namespace, "list", "--interface", "lp")
        #expect(interface.errors.contains("did you mean \"lo\"?"))
        let elsewhere = await Session.run(
            "net", "list", "--namespace", "swift-ebpf-does-not-exist")
        #expect(elsewhere.errors.contains("there is no such namespace"))
        #expect(elsewhere.exitCode == 2)
    }

    @Test(arguments: [
        (["xdp", "1", "--priority", "3"], "--priority and --handle are for"),
        (["xdp", "1", "--before", "3"], "--before and --after are for"),
        (["tcx-ingress", "1", "--replace"], "run side by side"),
        (["tc-ingress", "1", "--pin", "/x/y"], "filters of tc cannot be pinned"),
        (["tcx-ingress", "1", "--before", "2", "--after", "3"], "exclude each other"),
    ])
    func `options that make no sense are refused`(
        _ arguments: [String], _ message: String
    ) async throws {
        let session = await Session.run(["net", "attach"] + arguments + ["--interface", "lo"])
        #expect(session.errors.contains(message))
        #expect(session.exitCode == 64)
    }
}

/// An open file, by the path that leads to it.
private final class KernelFile: Sendable {
    private let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    var path: String { "/proc/self/fd/\(descriptor.number)" }
}
