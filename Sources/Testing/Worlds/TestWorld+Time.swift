import EBPFExecution
public import Testing

/// The clock of a world, which stands until a test moves it; the kernel has one of its own.
extension TestWorld {
    /// What time it is for programs, in nanoseconds since the system was started.
    public var time: UInt64 {
        get { state.clock.monotonic }
        nonmutating set { state.clock.set(nanoseconds: newValue) }
    }

    /// Lets time pass; timers that become due are called, each at its time.
    ///
    /// - Returns: how many timers were called.
    @discardableResult
    public mutating func advance(
        by duration: Duration, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int {
        let (seconds, attoseconds) = duration.components
        let passed = max(0, seconds) &* 1_000_000_000 &+ attoseconds / 1_000_000_000
        defer { state.tell(sourceLocation) }
        do {
            return try state.host.fireTimers(until: time &+ UInt64(max(0, passed)))
        } catch {
            state.reports.add("\(error)")
            return 0
        }
    }
}
