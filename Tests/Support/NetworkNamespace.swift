import EBPFBytecode
import EBPFKernel
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs a body in a new network namespace whose loopback is up, on a thread of its own.
///
/// The namespace goes with the thread, and with it every interface, route and attachment in it.
/// Other threads of the process keep their network. The body must not leave its thread: it is not
/// asynchronous. An expectation that fails in it is reported with its place, without its test.
///
/// - Throws: what the body throws; ``SetupFailure`` if there can be no namespace.
public func withNetworkNamespace<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) throws -> Result {
    let work = NamespaceWork {
        let newNetwork = 0x4000_0000
        try SystemCalls.linux.call(.unshare, newNetwork)
        try TestNetwork.switchOn(index: 1)
        return try body()
    }
    let argument = unsafe Unmanaged.passRetained(work as any AnyWork as AnyObject)
    var thread = pthread_t()
    // SAFETY: the thread takes over the retained object and releases it.
    let status = unsafe pthread_create(
        &thread, nil,
        { argument in
            guard let argument = unsafe argument else { return nil }
            let work = unsafe Unmanaged<AnyObject>.fromOpaque(argument).takeRetainedValue()
            (work as? any AnyWork)?.run()
            return nil
        }, argument.toOpaque())
    guard status == 0 else {
        unsafe argument.release()
        throw SetupFailure("pthread_create: \(KernelErrno(rawValue: status))")
    }
    pthread_join(thread, nil)
    guard let result = work.result else { throw SetupFailure("the thread did not run") }
    return try result.get()
}

/// What a test needs and could not get.
public struct SetupFailure: Error, CustomStringConvertible {
    /// What it is.
    public let description: String

    /// Says what is missing.
    public init(_ description: String) { self.description = description }
}

private protocol AnyWork: AnyObject, Sendable { func run() }

/// What a thread does, and what came of it.
private final class NamespaceWork<Value: Sendable>: AnyWork {
    private let body: @Sendable () throws -> Value
    private let outcome = Mutex<Result<Value, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> Value) { self.body = body }

    var result: Result<Value, any Error>? { outcome.withLock { $0 } }

    func run() {
        let result = Result { try body() }
        outcome.withLock { $0 = result }
    }
}
