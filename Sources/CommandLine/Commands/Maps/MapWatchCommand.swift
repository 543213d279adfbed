import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf map watch`: what changes in a map, as it changes.
struct MapWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Shows entries of a map as they appear, change and go.",
        discussion: """
            ebpf map watch flows
            ebpf map watch counts --interval 0.2 --count 10 --json

            JSON is one object a line: {"time", "change", "key", "value", "before"}.
            Ctrl-C ends it.
            """)

    @OptionGroup var arguments: MapArguments

    @Option(help: ArgumentHelp("Seconds between two looks.", valueName: "seconds"))
    var interval = 1.0

    @Option(help: ArgumentHelp("End after so many looks.", valueName: "n"))
    var count: Int?

    func validate() throws {
        guard interval >= 0.01, interval <= 86_400
        else { throw ValidationError("--interval must be 0.01 to 86400 seconds") }
    }

    func run() async throws { try await Interruption.ending { try await watch() } }

    private func watch() async throws {
        let open = try OpenMap(arguments.reference)
        try open.requireEntries()
        let format = arguments.hex ? open.untyped : open.format
        let start = ContinuousClock.now
        var before: [[UInt8]: [UInt8]] = [:]
        var looks = 0
        while !Task.isCancelled {
            let now = try contents(of: open.map)
            let changes = MapChanges(from: before, to: now, isFirst: looks == 0)
            for change in changes.list {
                Terminal.say(line(change, format, ContinuousClock.now - start))
            }
            before = now
            looks += 1
            if let count, looks >= count { return }
            try await Task.sleep(for: .milliseconds(Int(interval * 1000)))
        }
    }

    private func contents(of map: KernelMap) throws -> [[UInt8]: [UInt8]] {
        let entries = KernelMapEntries(map)
        var contents: [[UInt8]: [UInt8]] = [:]
        for (key, value) in entries { contents[key] = value }
        if let failure = entries.failure { throw failure }
        return contents
    }

    private func line(_ change: MapChanges.Change, _ format: EntryFormat, _ time: Duration)
        -> String
    {
        let key = format.typedKey(change.key)
        func value(_ bytes: [UInt8]?) -> TypedValue? {
            bytes.map { bytes in
                let values = format.typedValues(bytes)
                return values.count == 1 ? values[0] : TypedValue.sum(values) ?? .array(values)
            }
        }
        let (before, after) = (value(change.before), value(change.after))
        guard arguments.json else {
            let text = format.keys.text(key)
            return switch (before, after) {
            case (nil, let after?): "+ \(text)  \(after)"
            case (let before?, nil): "- \(text)  \(before)"
            case (let before?, let after?): "~ \(text)  \(before) → \(after)"
            case (nil, nil): ""
            }
        }
        let milliseconds = Int128(time / .milliseconds(1))
        return JSONValue.object([
            .init("time", .integer(milliseconds)), .init("change", .string(change.name)),
            .init("key", key.json), .init("value", after?.json ?? .null),
            .init("before", before?.json ?? .null),
        ]).description
    }
}

/// The difference between two looks at a map.
struct MapChanges {
    /// An entry that came, went or has another value.
    struct Change {
        let key: [UInt8]
        let before: [UInt8]?
        let after: [UInt8]?

        var name: String { before == nil ? "added" : after == nil ? "removed" : "changed" }
    }

    /// The changes in the order of their keys.
    let list: [Change]

    /// - Parameter isFirst: everything is new then; entries that are all zero are left out.
    init(from before: [[UInt8]: [UInt8]], to after: [[UInt8]: [UInt8]], isFirst: Bool) {
        let keys = Set(before.keys).union(after.keys)
            .sorted { $0.reversed().lexicographicallyPrecedes($1.reversed()) }
        list = keys.compactMap { key in
            guard before[key] != after[key] else { return nil }
            if isFirst, let value = after[key], value.allSatisfy({ $0 == 0 }) { return nil }
            return Change(key: key, before: before[key], after: after[key])
        }
    }
}
