import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// `ebpf map lookup`: the value of a key.
struct MapLookupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup", abstract: "Shows the value of a key.",
        discussion: """
            ebpf map lookup counts 80
            ebpf map lookup flows '{"src": "10.0.0.1", "port": 80}' --json

            Exit code 1 if the key is not there.
            """)

    @OptionGroup var arguments: MapArguments

    @Argument(help: "The key, by its type.")
    var key: String

    func run() throws {
        let open = try OpenMap(arguments.reference)
        let bytes = try open.key(key, isHex: arguments.hex)
        guard let value = try open.map.value(of: bytes) else {
            throw Failure(message: "\(open.map) has no key \(key)", exitCode: 1)
        }
        let format = arguments.hex ? open.untyped : open.format
        let entry = MapDump(CollectionOfOne((key: bytes, value: value)), format: format, limit: 1)
        guard !arguments.json else { return Terminal.say(entry.json.first.indented) }
        for entry in entry.entries { Terminal.say("\(entry.value)") }
    }
}

/// `ebpf map next`: the key after a key.
struct MapNextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Shows the key after a key, or the first.",
        discussion: """
            ebpf map next counts
            ebpf map next flows '{"src": "10.0.0.1", "port": 80}' --json

            The order is the kernel's. After a key that is not there comes the first one.
            Exit code 1 after the last key.
            """)

    @OptionGroup var arguments: MapArguments

    @Argument(help: "The key, by its type; the first key is shown without one.")
    var key: String?

    func run() throws {
        let open = try OpenMap(arguments.reference)
        let bytes = try key.map { try open.key($0, isHex: arguments.hex) }
        guard let next = try open.map.key(after: bytes) else {
            let place = key.map { "no key after \($0)" } ?? "no keys"
            throw Failure(message: "\(open.map) has \(place)", exitCode: 1)
        }
        // What is shown can be given back as the key.
        guard !arguments.hex else {
            let text = HexText.text(next)
            return Terminal.say(arguments.json ? JSONValue.string(text).description : text)
        }
        let value = open.format.typedKey(next)
        Terminal.say(arguments.json ? value.json.indented : open.format.keys.text(value))
    }
}

/// `ebpf map update`: a key's new value.
struct MapUpdateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Sets the value of a key.",
        discussion: """
            ebpf map update counts 80 0
            ebpf map update flows '{"src": "10.0.0.1", "port": 80}' 12
            ebpf map update blocked 10.0.0.0/8 1 --only-new
            ebpf map update jump_table 3 name:on_exit       # a program, into a prog array

            Of a per-CPU map every CPU gets the value.
            """)

    @OptionGroup var arguments: MapArguments

    @Argument(help: "The key, by its type.")
    var key: String

    @Argument(help: "The value, by its type; a program or map where the map holds those.")
    var value: String

    @Flag(help: "Only if the key is not there yet (BPF_NOEXIST).")
    var onlyNew = false

    @Flag(help: "Only if the key is there already (BPF_EXIST).")
    var onlyExisting = false

    func validate() throws {
        guard !(onlyNew && onlyExisting)
        else { throw ValidationError("--only-new and --only-existing exclude each other") }
    }

    func run() throws {
        let open = try OpenMap(arguments.reference)
        let flags: UInt64 = onlyNew ? 1 : onlyExisting ? 2 : 0
        let keyBytes = try open.key(key, isHex: arguments.hex)
        try open.withValue(value, isHex: arguments.hex) { bytes in
            try open.map.update(keyBytes, bytes, flags: flags)
        }
    }
}

/// `ebpf map delete`: a key less.
struct MapDeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Removes a key.",
        discussion: "Exit code 1 if the key is not there.")

    @OptionGroup var arguments: MapArguments

    @Argument(help: "The key, by its type.")
    var key: String

    func run() throws {
        let open = try OpenMap(arguments.reference)
        guard try open.map.remove(try open.key(key, isHex: arguments.hex)) else {
            throw Failure(message: "\(open.map) has no key \(key)", exitCode: 1)
        }
    }
}

extension JSONValue {
    /// The only element of a list.
    fileprivate var first: JSONValue {
        if case .array(let elements) = self, let first = elements.first { return first }
        return .null
    }
}
