import EBPFBytecode
public import EBPFKernel

/// A network of its own, with interfaces, routes and attachments (network_namespaces(7)).
public final class NetworkNamespace: Sendable {
    private let descriptor: Descriptor
    private static let kind = 0x4000_0000

    /// Opens a namespace by a path, such as `/proc/17/ns/net`, or by the name that `ip netns` gave
    /// it (`/run/netns`).
    ///
    /// - Throws: ``KernelError``; with the names that there are.
    public init(_ name: String, system: SystemCalls = .linux) throws(KernelError) {
        let directory = "/run/netns"
        let path = name.contains("/") ? name : "\(directory)/\(name)"
        do throws(KernelErrno) {
            descriptor = try system.open(path)
        } catch {
            let names = ((try? system.entries(ofDirectory: directory)) ?? []).sorted()
            throw KernelError(
                "opening network namespace \(name)", error,
                reason: name.contains("/")
                    ? nil
                    : "\(directory) has no such name"
                        + Spelling.suggestion(for: name, among: names),
                remedy: names.isEmpty ? nil : "there are " + names.joined(separator: ", "))
        }
    }

    /// Runs a body on this thread inside the namespace, and comes back.
    ///
    /// - Throws: ``KernelError`` without `CAP_SYS_ADMIN`; and what the body throws.
    public func run<Result>(_ body: () throws -> Result) throws -> Result {
        let system = descriptor.system
        let path = "/proc/thread-self/ns/net"
        let home = try attempting("opening \(path)") { () throws(KernelErrno) in
            try system.open(path)
        }
        try enter(descriptor)
        let result = Swift.Result { try body() }
        try enter(home)
        return try result.get()
    }

    private func enter(_ namespace: borrowing Descriptor) throws(KernelError) {
        let number = Int(namespace.number)
        let system = namespace.system
        try attempting("entering a network namespace") { () throws(KernelErrno) in
            _ = try system.call(.setNamespace, number, Self.kind)
        }
    }
}
