import EBPFBytecode
import EBPFKernel

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
