import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// `ebpf map dump`: the entries of a map.
struct MapDumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Shows the entries of a map, by their types.")

    @OptionGroup var arguments: MapArguments

    @Option(help: ArgumentHelp("How many entries to show.", valueName: "n"))
    var limit = 65_536

    func run() throws {
        let open = try OpenMap(arguments.reference)
        try open.requireEntries()
        let entries = KernelMapEntries(open.map)
        let format = arguments.hex ? open.untyped : open.format
        let dump = MapDump(entries, format: format, limit: limit)
        if let failure = entries.failure { throw failure }
        if dump.isCut {
            Terminal.complain("only \(dump.entries.count) entries are shown; --limit says how many")
        }
        Terminal.say(arguments.json ? dump.json.indented : dump.lines.joined(separator: "\n"))
    }
}

extension OpenMap {
    /// Refuses maps whose entries cannot be listed, and says what to do instead.
    func requireEntries() throws {
        let type = map.shape.type
        let instead: String? =
            switch type {
            case .queue, .stack: "`ebpf map peek` shows the next value, `ebpf map pop` takes it"
            case .bloomFilter: "a bloom filter only tells whether it has seen a value"
            case .ringBuffer, .perfEventArray: "`ebpf events` shows what programs send"
            case .userRingBuffer, .arena: "it is memory that programs and applications share"
            default: nil
            }
        if let instead {
            throw Failure(message: "\(map) is of type \(type), which has no entries; \(instead)")
        }
    }
}

/// The entries of a map of the kernel, one after the other; a failure ends them and is kept.
final class KernelMapEntries: Sequence, IteratorProtocol {
    private var walk: MapWalk
    /// What was read and not asked for yet, the next one last.
    private var pending: [(key: [UInt8], value: [UInt8])] = []
    private(set) var failure: KernelError?

    init(_ map: KernelMap) { walk = map.walk() }

    func next() -> (key: [UInt8], value: [UInt8])? {
        if pending.isEmpty {
            do throws(KernelError) {
                guard try walk.advance() else { return nil }
            } catch {
                failure = error
                return nil
            }
            walk.forEach { pending.append(($0.array, $1.array)) }
            pending.reverse()
        }
        return pending.popLast()
    }
}
