import EBPFBytecode

/// The limit of locked memory (`RLIMIT_MEMLOCK`), which kernels before 5.11 hold maps and programs
/// against. They say `EPERM` when it is reached.
struct LockedMemory {
    private let system: SystemCalls
    private let previous: Limit

    /// `struct rlimit64`.
    private struct Limit: BitwiseCopyable, Equatable {
        var current: UInt64
        var maximum: UInt64

        static let none = UInt64.max
    }

    /// Raises the limit as far as this process may; `nil` if that is no help: on kernels that
    /// charge control groups for memory, and where it is as high as it can be.
    init?(raisedOn system: SystemCalls) {
        // Kernels that charge control groups know a helper that is as old (Linux 5.11).
        guard !ProbeProgram(type: .socketFilter, [.call(.ktimeGetCoarseNs), .exit]).loads(system),
            let previous = Self.limit(system), previous.current < Limit.none
        else { return nil }
        (self.system, self.previous) = (system, previous)
        let unlimited = Limit(current: Limit.none, maximum: Limit.none)
        if (try? Self.set(unlimited, system)) != nil { return }
        let highest = Limit(current: previous.maximum, maximum: previous.maximum)
        guard highest != previous, (try? Self.set(highest, system)) != nil else { return nil }
    }

    /// Sets the limit back, if it was not the obstacle.
    func restore() { try? Self.set(previous, system) }

    private static let resource = 8

    private static func limit(_ system: SystemCalls) -> Limit? {
        var memory = CallMemory()
        let old = memory.buffer(count: MemoryLayout<Limit>.size)
        guard (try? system.call(.resourceLimit, 0, resource, 0, Int(old))) != nil
        else { return nil }
        let words = memory.numbers(UInt64.self, of: old, count: 2)
        return words.count == 2 ? Limit(current: words[0], maximum: words[1]) : nil
    }

    private static func set(_ limit: Limit, _ system: SystemCalls) throws(KernelErrno) {
        var memory = CallMemory()
        let new = memory.array([limit.current, limit.maximum])
        try system.call(.resourceLimit, 0, resource, Int(new), 0)
        memory.keep()
    }
}

extension SystemCalls {
    /// Makes a call that needs memory; once more, with a higher limit of locked memory, if an old
    /// kernel says that it has not enough.
    ///
    /// - Throws: the kernel's error number, of the first attempt; the limit is as before then.
    func withLockedMemory<Result: ~Copyable>(
        _ body: () throws(KernelErrno) -> Result
    ) throws(KernelErrno) -> Result {
        do throws(KernelErrno) {
            return try body()
        } catch {
            guard error == .notPermitted, let raised = LockedMemory(raisedOn: self)
            else { throw error }
            do throws(KernelErrno) {
                return try body()
            } catch let second {
                raised.restore()
                throw second == .notPermitted ? error : second
            }
        }
    }
}
