import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf map push`: a value more in a queue, a stack or a bloom filter.
struct MapPushCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Adds a value to a queue, stack or bloom filter.")

    @OptionGroup var arguments: MapArguments

    @Argument(help: "The value, by its type.")
    var value: String

    @Flag(help: "Make room by dropping the oldest value (BPF_EXIST).")
    var force = false

    func run() throws {
        let open = try OpenMap(arguments.reference)
        try open.requireNoKeys("push", instead: "update")
        try open.map.update([], try open.value(value, isHex: arguments.hex), flags: force ? 2 : 0)
    }
}

/// `ebpf map pop`: the next value, taken out.
struct MapPopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pop", abstract: "Takes the next value out of a queue or stack.",
        discussion: "Exit code 1 if it is empty.")

    @OptionGroup var arguments: MapArguments

    func run() throws {
        let open = try OpenMap(arguments.reference)
        try open.requireNoKeys("pop", instead: "delete")
        try open.show(try open.map.takeValue(of: []), arguments)
    }
}

/// `ebpf map peek`: the next value, left in.
struct MapPeekCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peek", abstract: "Shows the next value of a queue or stack.",
        discussion: "Exit code 1 if it is empty.")

    @OptionGroup var arguments: MapArguments

    func run() throws {
        let open = try OpenMap(arguments.reference)
        try open.requireNoKeys("peek", instead: "lookup")
        try open.show(try open.map.value(of: []), arguments)
    }
}

extension OpenMap {
    /// Refuses maps that have keys, and says what to use instead.
    fileprivate func requireNoKeys(_ command: String, instead: String) throws {
        guard map.shape.keySize == 0 else {
            throw Failure(
                message: "\(map) is of type \(map.shape.type), which has keys: use "
                    + "`ebpf map \(instead)` instead of `\(command)`")
        }
    }

    /// Prints a value that was taken or looked at.
    fileprivate func show(_ value: [UInt8]?, _ arguments: MapArguments) throws {
        guard let value else { throw Failure(message: "\(map) is empty", exitCode: 1) }
        let format = arguments.hex ? untyped : format
        for value in format.typedValues(value) {
            Terminal.say(arguments.json ? value.json.indented : "\(value)")
        }
    }
}
