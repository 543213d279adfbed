import EBPFBytecode
public import EBPFKernel

/// A network namespace, with its own interfaces, routes and sockets.
public enum NetworkNamespace: Hashable, Sendable {
    /// That of the calling thread.
    case current
    /// One that `ip netns` made (`/run/netns/NAME`).
    case named(String)
    /// That of a process.
    case process(Int32)
    /// One that is kept at a path.
    case path(String)

    /// A namespace as people name it: a path, or the name that `ip netns` gave it.
    public init(_ name: String) { self = name.contains("/") ? .path(name) : .named(name) }

    /// The file that stands for it.
    public var path: String {
        switch self {
        case .current: "/proc/thread-self/ns/net"
        case .named(let name): "/run/netns/\(name)"
        case .process(let process): "/proc/\(process)/ns/net"
        case .path(let path): path
        }
    }
}

extension NetworkNamespace: CustomStringConvertible {
    /// The namespace as messages name it.
    public var description: String {
        switch self {
        case .current: "this network namespace"
        case .named(let name): "network namespace \(name)"
        case .process(let process): "the network namespace of process \(process)"
        case .path(let path): "network namespace \(path)"
        }
    }
}

extension NetworkNamespace {
    /// Opens the namespace.
    ///
    /// - Throws: ``KernelError``; `ENOENT` with the closest name.
    func open(_ system: SystemCalls) throws(KernelError) -> Descriptor {
        do throws(KernelErrno) { return try system.open(path) } catch {
            var failure = KernelError("opening \(self)", error)
            if case .named(let name) = self, error == .noEntry {
                let names = (try? system.entries(ofDirectory: "/run/netns")) ?? []
                failure.reason = "there is no such namespace"
                failure.remedy =
                    Spelling.closest(to: name, among: names).map { "did you mean \($0)?" }
                    ?? "make it: ip netns add \(name)"
            }
            throw failure
        }
    }
}

extension NetworkNamespace {
    /// Runs a body on this thread inside the namespace, and comes back.
    ///
    /// - Throws: ``KernelError`` without `CAP_SYS_ADMIN`; and what the body throws.
    public func run<Result>(
        system: SystemCalls = .linux, _ body: () throws -> Result
    ) throws -> Result {
        let home = try NetworkNamespace.current.open(system)
        try Self.enter(try open(system))
        let result = Swift.Result { try body() }
        try Self.enter(home)
        return try result.get()
    }

    private static func enter(_ namespace: borrowing Descriptor) throws(KernelError) {
        let networks = 0x4000_0000  // CLONE_NEWNET
        let number = Int(namespace.number)
        let system = namespace.system
        try attempting("entering a network namespace") { () throws(KernelErrno) in
            _ = try system.call(.setNamespace, number, networks)
        }
    }
}
