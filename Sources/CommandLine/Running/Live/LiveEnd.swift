import EBPFKernel

/// When a live session ends: when the user says so, after a time, or after so many events.
struct LiveEnd: Sendable {
    /// How long it may take; `nil` for as long as the user likes.
    var duration: Duration?
    /// How many events; `nil` for as many as there are.
    var events: Int?
    /// What the user says meanwhile; given by those who have something to take off, from before they
    /// put it on.
    var interruption = Interruption()

    /// Hands out events until the end.
    ///
    /// - Parameter body: what to do with each event.
    func forEach<Element>(
        of stream: EventStream<Element>, _ body: (Element) async throws -> Void
    ) async throws {
        let interruption = interruption
        let watcher = Task {
            _ = await interruption.value
            stream.finish()
        }
        defer { watcher.cancel() }
        if let events, events <= 0 { return }
        var count = 0
        let bounded = duration.map { stream.within($0) } ?? stream
        for try await event in bounded {
            try await body(event)
            count += 1
            if count == events { break }
        }
    }

    /// Waits for the end where there are no events.
    ///
    /// - Parameters:
    ///   - interval: how often to do something meanwhile.
    ///   - body: what to do.
    func wait(every interval: Duration?, _ body: @Sendable @escaping () async throws -> Void)
        async throws
    {
        let interruption = interruption
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = await interruption.value }
            if let duration { group.addTask { try await Task.sleep(for: duration) } }
            if let interval {
                group.addTask {
                    while true {
                        try await Task.sleep(for: interval)
                        try await body()
                    }
                }
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }
}
