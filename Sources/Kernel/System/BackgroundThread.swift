import EBPFBytecode

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Starts a thread that runs a closure and ends with it; nobody waits for it.
///
/// All signals are blocked in it, so that a process's handlers run where they did before.
///
/// - Parameter name: what `ps -L` shows, at most 15 bytes.
/// - Throws: `EAGAIN` if the process has too many threads.
func startThread(
    _ name: String, _ body: @escaping @Sendable () -> Void
) throws(KernelErrno) {
    let work = unsafe Unmanaged.passRetained(ThreadWork(name: name, body: body))
    #if os(Linux)
    var thread = pthread_t()
    #else
    var thread: pthread_t?
    #endif
    let error = unsafe pthread_create(&thread, nil, runThread, work.toOpaque())
    guard error == 0 else {
        unsafe work.release()
        throw KernelErrno(rawValue: error)
    }
    #if os(Linux)
    pthread_detach(thread)
    #else
    if let thread { pthread_detach(thread) }
    #endif
}

/// What a new thread is to do.
private final class ThreadWork: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

// SAFETY: `startThread` retained the work for exactly one thread.
#if os(Linux)
@unsafe
private func runThread(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let work = unsafe work else { return nil }
    unsafe Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().run()
    return nil
}
#else
@unsafe
private func runThread(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    unsafe Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().run()
    return nil
}
#endif

extension ThreadWork {
    fileprivate func run() {
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, nil)
        let setName = 15
        var memory = CallMemory()
        _ = try? SystemCalls.linux.call(.processControl, setName, Int(memory.string(name)))
        memory.keep()
        body()
    }
}
