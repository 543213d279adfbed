import EBPFBytecode
import EBPFKernel
import Synchronization

/// Where programs that include libbpf's `usdt.bpf.h` look up the arguments of a tracepoint: the map
/// `__bpf_usdt_specs`, whose entries an attachment's cookie names.
///
/// An entry (`struct __bpf_usdt_spec`, 208 bytes) is twelve arguments of 16 bytes, the user's
/// cookie, and the number of arguments. Its last byte is padding: there we note that the entry is
/// taken, so that other processes that share the map see it, too.
final class ArgumentTable: Sendable {
    private let map: KernelMap

    static let entrySize = 208
    static let argumentLimit = 12
    private static let countOffset = 200
    private static let takenOffset = 207
    /// Entries are looked for and taken by one thread at a time.
    private static let turn = Mutex<Void>(())

    /// Finds the table among the maps of a program; `nil` if it has none and thus asks for no
    /// arguments.
    ///
    /// - Throws: ``KernelError`` if it has one of an unknown shape.
    init?(of program: KernelProgram) throws(KernelError) {
        let name = ObjectName("__bpf_usdt_specs").text
        var found: KernelMap?
        for id in try program.details().maps {
            let map = try KernelMap(id: id, system: program.system)
            if map.shape.name == name { found = map }
        }
        guard let found else { return nil }
        guard found.shape.type == .array, found.shape.keySize == 4,
            found.shape.valueSize == UInt32(Self.entrySize)
        else {
            throw KernelError(
                "reading the arguments of \(program)", .invalidArgument,
                reason: "its map __bpf_usdt_specs has values of \(found.shape.valueSize) bytes, "
                    + "not \(Self.entrySize)",
                remedy: "compile it with this package's bpf/usdt.bpf.h, or libbpf's before 1.7")
        }
        map = found
    }

    /// Puts a description into a free entry.
    ///
    /// - Returns: the entry's number: the cookie for attachments that it describes.
    /// - Throws: ``KernelError``; `ENOSPC` if all entries are taken.
    func add(_ entry: [UInt8]) throws(KernelError) -> UInt32 {
        var entry = entry
        entry[Self.takenOffset] = 1
        let map = map
        let result: Result<UInt32, KernelError> = Self.turn.withLock { _ in
            do throws(KernelError) {
                for number in 0..<map.shape.maxEntries {
                    let isTaken = try map.value(of: Self.key(number))?[Self.takenOffset] != 0
                    guard !isTaken else { continue }
                    try map.update(Self.key(number), entry)
                    return .success(number)
                }
            } catch {
                return .failure(error)
            }
            return .failure(
                KernelError(
                    "describing a tracepoint's arguments", .noSpace,
                    reason: "all \(map.shape.maxEntries) descriptions are in use",
                    remedy: "define BPF_USDT_MAX_SPEC_CNT greater before including usdt.bpf.h"))
        }
        return try result.get()
    }

    /// Frees entries.
    func remove(_ numbers: [UInt32]) {
        for number in numbers {
            try? map.update(Self.key(number), [UInt8](repeating: 0, count: Self.entrySize))
        }
    }

    private static func key(_ number: UInt32) -> [UInt8] { number.littleEndianBytes }

    /// An entry for arguments and a user's cookie.
    ///
    /// - Throws: what cannot be described: its position and words.
    static func entry(
        _ arguments: [String], cookie: UInt64, for processor: TracepointArgument.Processor
    ) throws(UnreadableArgument) -> [UInt8] {
        guard arguments.count <= argumentLimit else {
            throw UnreadableArgument(
                position: argumentLimit, text: arguments[argumentLimit],
                reason: "programs can read \(argumentLimit) arguments")
        }
        var entry: [UInt8] = []
        for (position, text) in arguments.enumerated() {
            guard let argument = TracepointArgument(text, for: processor),
                let bytes = argument.description
            else {
                throw UnreadableArgument(
                    position: position, text: text,
                    reason: "programs cannot read from such a place")
            }
            entry += bytes
        }
        entry += [UInt8](repeating: 0, count: argumentLimit * 16 - entry.count)
        entry += cookie.littleEndianBytes
        entry += UInt16(arguments.count).littleEndianBytes
        return entry + [UInt8](repeating: 0, count: entrySize - entry.count)
    }
}

/// An argument that no program can read.
struct UnreadableArgument: Error {
    let position: Int
    let text: String
    let reason: String
}

extension TracepointArgument {
    /// `struct __bpf_usdt_arg_spec`; `nil` for an indexed place, which it cannot say.
    fileprivate var description: [UInt8]? {
        let (kind, value, register): (UInt32, Int64, Int)
        switch place {
        case .constant(let number): (kind, value, register) = (0, number, 0)
        case .register(let offset): (kind, value, register) = (1, 0, offset)
        case .memory(let base, let offset): (kind, value, register) = (2, offset, base)
        case .indexed: return nil
        }
        let shift = UInt8(64 - size * 8)
        return UInt64(bitPattern: value).littleEndianBytes + kind.littleEndianBytes
            + UInt16(truncatingIfNeeded: register).littleEndianBytes + [isSigned ? 1 : 0, shift]
    }
}

extension FixedWidthInteger {
    /// The number's bytes, lowest first.
    var littleEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
    }
}
