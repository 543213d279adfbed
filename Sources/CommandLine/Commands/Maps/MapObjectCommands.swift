import ArgumentParser
import EBPFBytecode
import EBPFKernel

/// `ebpf map create`: a new map, kept by a pin.
struct MapCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Creates a map and pins it.",
        discussion: """
            ebpf map create /sys/fs/bpf/counts --type hash --key 4 --value 8 --entries 1024
            """)

    @Argument(help: "Where in the BPF file system to pin it.")
    var path: String

    @Option(help: ArgumentHelp("The kind: hash, array, percpu_array …", valueName: "type"))
    var type: String

    @Option(name: .customLong("key"), help: ArgumentHelp("Bytes of a key.", valueName: "n"))
    var keySize: UInt32 = 0

    @Option(name: .customLong("value"), help: ArgumentHelp("Bytes of a value.", valueName: "n"))
    var valueSize: UInt32 = 0

    @Option(name: .customLong("entries"), help: ArgumentHelp("The most entries.", valueName: "n"))
    var maxEntries: UInt32 = 0

    @Option(help: ArgumentHelp("Its name; else the last part of the path.", valueName: "name"))
    var name: String?

    @Option(
        name: .customLong("flag"),
        help: ArgumentHelp("A flag, such as BPF_F_NO_PREALLOC.", valueName: "name"))
    var flags: [String] = []

    @Option(help: ArgumentHelp("What inner maps are like, for maps of maps.", valueName: "map"))
    var inner: MapReference?

    func run() throws {
        guard let type = MapType(name: type) else {
            let known = MapType.allCases.dropFirst().map(\.name)
            throw Failure(message: Choice("map type", known).unknown(type))
        }
        guard let flags = MapFlags(names: flags) else {
            throw Failure(message: "--flag: no such flag; bpf(2) lists them as BPF_F_…")
        }
        var attributes = MapCreateAttributes()
        attributes.type = type.rawValue
        attributes.keySize = keySize
        attributes.valueSize = valueSize
        attributes.maxEntries = maxEntries
        attributes.flags = flags.rawValue
        attributes.name = ObjectName(name ?? String(path.split(separator: "/").last ?? "map"))
        let template = try inner?.open()
        if let template { attributes.innerMap = UInt32(bitPattern: template.descriptor.number) }
        do throws(KernelError) { try KernelMap(attributes).pin(at: path) } catch {
            var error = error
            if error.errno == .invalidArgument { error.reason = doubt(type) ?? error.reason }
            throw error
        }
    }

    /// What the kernel will not have liked, of the usual things.
    private func doubt(_ type: MapType) -> String? {
        switch type {
        case .arrayOfMaps,
            .hashOfMaps where inner == nil:
            return "a map of maps needs --inner, a map that shows what those in it are like"
        case .ringBuffer, .userRingBuffer:
            return "--entries is the size in bytes, a power of two and of whole pages; "
                + "there are neither --key nor --value"
        case .queue, .stack,
            .bloomFilter where keySize != 0:
            return "it has no keys: leave --key out"
        case .array, .perCPUArray, .programArray, .perfEventArray,
            .arrayOfMaps where keySize != 4:
            return "keys of an array are indices: --key 4"
        default: break
        }
        if maxEntries == 0 { return "it has no room: say with --entries how many it takes" }
        if keySize == 0, type.operations.contains(.nextKey) {
            return "say with --key how many bytes a key has"
        }
        if valueSize == 0 { return "say with --value how many bytes a value has" }
        return nil
    }
}

/// `ebpf map pin`: a map that outlives its programs.
struct MapPinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "Keeps a map under a path of the BPF file system.")

    @Argument(help: ArgumentHelp("A number, a name, or the path of a pin.", valueName: "map"))
    var reference: MapReference

    @Argument(help: "Where in the BPF file system.")
    var path: String

    func run() throws { try reference.open().pin(at: path) }
}

/// `ebpf map freeze`: no more changes by applications.
struct MapFreezeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "freeze", abstract: "Makes a map read-only for applications, for good.")

    @Argument(help: ArgumentHelp("A number, a name, or the path of a pin.", valueName: "map"))
    var reference: MapReference

    func run() throws { try reference.open().freeze() }
}
