import EBPFObjectFile
import EBPFTypeFormat

/// Shows events as they come: a table for people, a JSON object a line for programs.
struct EventPrinter {
    private var events: LiveEvents
    private var table: EventTable
    private let isJSON: Bool
    private let start = ContinuousClock.now
    private var saidWhatIsMissing = false
    /// How many events were shown.
    private(set) var count = 0

    init(_ events: LiveEvents, json: Bool) {
        self.events = events
        isJSON = json
        table = EventTable(showsSource: events.sources.count > 1)
    }

    mutating func show(_ event: LiveEvents.Event) {
        count += 1
        let value = events.value(event)
        let name = events.sources[event.source].name
        guard !isJSON else {
            let milliseconds = Int128((ContinuousClock.now - start) / .milliseconds(1))
            let line = JSONValue.object([
                .init("time", .integer(milliseconds)), .init("map", .string(name)),
                .init("event", value.json),
            ])
            return Terminal.say(line.description)
        }
        for line in table.lines(value, from: name) { Terminal.say(line) }
        guard value.isUntyped, !saidWhatIsMissing else { return }
        saidWhatIsMissing = true
        Terminal.complain(
            "note: the object does not say what the events of \(name) are; declare "
                + "`struct event *unused __attribute__((unused));` for their struct")
    }
}
