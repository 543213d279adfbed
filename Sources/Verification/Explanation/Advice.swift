import EBPFObjectFile

/// What would help at a faulty instruction, with the names and numbers of the program at hand.
enum Advice: Hashable {
    /// A pointer may be null.
    case null(Null)
    /// A pointer with an index may leave its memory.
    case index(Index)
    /// Bytes of the packet are not known to be there.
    case packet(Packet)
    /// A size may be too large for the memory that it is for.
    case size(Size)
    /// A size, in the words of the source, may be 0.
    case emptySize(String?)
    /// A loop turns too often, or nobody knows how often.
    case loop(Loop)
    /// Something that was acquired is still held.
    case held(Held)
    /// A check of Swift's may fail (`--traps keep`).
    case check

    /// A pointer that may be null.
    struct Null: Hashable {
        /// The variable that holds it.
        var name: String?
        /// What it was given, in the words of the source.
        var expression: String?
        /// What it came from: "bpf_map_lookup_elem()".
        var maker: String?
        /// The line where it came from.
        var line: LineInfo?
        /// The line of the test that found it null, where execution goes on all the same.
        var test: LineInfo?
        /// Whether it is a value that was looked up by a key.
        var isLookUp = false
        /// Whether it is a record that was reserved.
        var isReservation = false
    }

    /// Something that is held.
    struct Held: Hashable {
        /// The variable that holds it.
        var name: String?
        /// The function that gave it: "bpf_ringbuf_reserve".
        var maker: String
        /// The line where it came from.
        var line: LineInfo?
    }

    /// An index into memory.
    struct Index: Hashable {
        /// The index, in the words of the source.
        var expression: String?
        /// How large it can become, as far as that is limited.
        var greatest: UInt64?
        /// Whether it may be negative.
        var mayBeNegative: Bool
        /// How many of it fit.
        var count: UInt64
        /// The memory, with its size: "the value of map sizes has 16 bytes".
        var memory: String
    }

    /// An access to a packet.
    struct Packet: Hashable {
        /// How many bytes must be there.
        var needed: Int64
        /// How many are known to be there.
        var known: Int64
        /// The variables that hold the start and the end, or the context.
        var start: String?
        var end: String?
    }

    /// A size.
    struct Size: Hashable {
        /// The size, in the words of the source.
        var expression: String?
        /// Whether it may be negative.
        var mayBeNegative: Bool
        /// How large it may be.
        var limit: UInt64
    }

    /// A loop.
    struct Loop: Hashable {
        var line: LineInfo
        var variable: String?
        var limit: String?
        var turns: Int
    }
}
