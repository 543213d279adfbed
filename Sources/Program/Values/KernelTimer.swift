/// A timer in the value of a map (`struct bpf_timer`, Linux 5.15).
///
/// ```swift
/// struct Session { var timer: KernelTimer; var packets: UInt64 }
/// if let session = sessions.lookup(key) {
///     session.pointee.timer.start(in: sessions, after: 1_000_000_000) { _, key, value in
///         sessions.remove(sessions.key(key))
///         return .done
///     }
/// }
/// ```
public struct KernelTimer: BitwiseCopyable, Sendable {
    @usableFromInline var first: UInt64
    @usableFromInline var second: UInt64

    /// A timer that does not run.
    @inline(__always)
    public init() { (first, second) = (0, 0) }

    /// Stops the timer; returns whether it ran.
    @inline(__always) @discardableResult
    public mutating func cancel() -> Bool {
        withUnsafeMutablePointer(to: &self) { Helpers.timerCancel($0) } == 1
    }
}

/// How the closure of a timer ends.
public struct TimerEnd: BitwiseCopyable, Sendable {
    @usableFromInline let rawValue: Int

    @inline(__always) @usableFromInline init(_ rawValue: Int) { self.rawValue = rawValue }

    /// It has done its work; the timer may be started again in it.
    public static var done: TimerEnd { @inline(__always) get { TimerEnd(0) } }
}

extension KernelTimer {
    #if EBPF_KERNEL
    /// Has the kernel call a closure after so many nanoseconds. It may capture nothing: it gets the
    /// key and the value of the entry that the timer is in. A check that fails in it is counted and
    /// ends the closure: the program that started the timer has ended long ago.
    ///
    /// - Returns: whether the timer runs.
    @inline(__always) @discardableResult
    public mutating func start<Map: ProgramMap & ~Copyable>(
        in map: borrowing Map, after nanoseconds: UInt64,
        _ body: (UnsafeMutableRawPointer, EntryKey, EntryValue) -> TimerEnd
    ) -> Bool {
        let address = map.address
        return withUnsafeMutablePointer(to: &self) { timer in
            Helpers.timerInit(timer, address, 1)
            _ = setTimer(timer, body)
            return Helpers.timerStart(timer, nanoseconds, 0) == 0
        }
    }
    #else
    /// Has a closure called after so many nanoseconds; the world of a test says when they are over.
    ///
    /// - Returns: whether the timer runs.
    @discardableResult
    public mutating func start<Map: ProgramMap & ~Copyable>(
        in map: borrowing Map, after nanoseconds: UInt64,
        _ body: @escaping (UnsafeMutableRawPointer, EntryKey, EntryValue) -> TimerEnd
    ) -> Bool {
        let address = map.address
        return withUnsafeMutablePointer(to: &self) { timer in
            Helpers.timerInit(timer, address, 1)
            NativeWorld.setTimer(timer, body)
            return Helpers.timerStart(timer, nanoseconds, 0) == 0
        }
    }
    #endif
}

#if EBPF_KERNEL
@_silgen_name("__ebpf_helper_170") @usableFromInline
func setTimer(
    _ timer: UnsafeMutableRawPointer,
    _ body: (UnsafeMutableRawPointer, EntryKey, EntryValue) -> TimerEnd
) -> Int
#endif
