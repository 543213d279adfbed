public import EBPFProgram
public import Testing

/// The events that a program sends to the application, in a test's world.
public struct TestEvents<Event: BitwiseCopyable> {
    let access: MapAccess

    /// Takes out all events that have been sent, in order.
    public func takeAll() -> [Event] {
        (access.attempt { try access.state.records(of: $0, as: Event.self) } ?? []).map {
            plainValue(copying: $0)
        }
    }
}

/// The messages that an application sends to a program, in a test's world.
public struct TestMessages<Message: BitwiseCopyable> {
    let access: MapAccess

    /// Sends a message; without room that is an issue of the test.
    public func send(_ message: Message) {
        access.attempt { try access.state.send(message, through: $0) }
    }
}

extension TestWorld {
    /// The events of a ring buffer of this world, by the global that declares it.
    public func map<Event: BitwiseCopyable>(
        _ global: borrowing RingBuffer<Event>, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestEvents<Event> {
        TestEvents(access: access(global, sourceLocation))
    }

    /// The events that a program has sent through a ring buffer: they are taken out, in order.
    public func events<Event: BitwiseCopyable>(
        _ global: borrowing RingBuffer<Event>, sourceLocation: SourceLocation = #_sourceLocation
    ) -> [Event] {
        map(global, sourceLocation: sourceLocation).takeAll()
    }

    /// The events that a program has sent through an array of perf events: they are taken out,
    /// processor by processor.
    public func events<Event: BitwiseCopyable>(
        _ global: borrowing PerfEventArray<Event>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> [Event] {
        TestEvents<Event>(access: access(global, sourceLocation)).takeAll()
    }

    /// The messages for a program, by the global that declares the buffer.
    public func map<Message: BitwiseCopyable>(
        _ global: borrowing UserRingBuffer<Message>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestMessages<Message> {
        TestMessages(access: access(global, sourceLocation))
    }
}
