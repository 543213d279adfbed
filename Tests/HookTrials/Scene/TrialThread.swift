import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A thread in a network namespace of its own, where a trial may attach what it likes.
///
/// The namespace goes with the thread, and with it every interface, route and attachment in it.
/// Other threads of the process keep their network.
enum TrialThread {
    /// How long a trial may take. Guests are emulated, and slow.
    static let secondsAllowed = 20

    /// Runs a trial in a new thread and waits for its end, at most ``secondsAllowed``.
    ///
    /// A thread that does not end in time is left behind.
    static func run(_ body: @escaping @Sendable () throws -> String) throws -> String {
        let work = Work(body)
        let argument = unsafe Unmanaged.passRetained(work)
        var thread = pthread_t()
        // SAFETY: the retained object is taken over by the thread, which releases it.
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            unsafe argument.release()
            throw CallFailure(call: "pthread_create", errno: status)
        }
        pthread_detach(thread)
        return try work.wait(seconds: secondsAllowed)
    }

    /// What a thread does, and what came of it.
    ///
    /// SAFETY: the thread writes `result` before it posts `end`; others read it only after that.
    @safe
    private final class Work: @unchecked Sendable {
        private let body: @Sendable () throws -> String
        private var result: Result<String, any Error>?
        private let end: UnsafeMutablePointer<sem_t>

        init(_ body: @escaping @Sendable () throws -> String) {
            self.body = body
            unsafe end = .allocate(capacity: 1)
            unsafe sem_init(end, 0, 0)
        }

        deinit {
            unsafe sem_destroy(end)
            unsafe end.deallocate()
        }

        func run() {
            result = Result {
                let ownNetwork = 0x4000_0000
                try SystemCalls.linux.call(.unshare, ownNetwork)
                try RouteSocket().setUp(interface: 1)
                return try body()
            }
            unsafe sem_post(end)
        }

        func wait(seconds: Int) throws -> String {
            var deadline = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &deadline)
            deadline.tv_sec += seconds
            guard unsafe sem_timedwait(end, &deadline) == 0, let result else {
                throw HookTrial.Failure("no end after \(seconds) s")
            }
            return try result.get()
        }
    }
}
