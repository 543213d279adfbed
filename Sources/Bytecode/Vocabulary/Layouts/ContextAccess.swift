/// What a program may do with a member of its context.
public struct ContextAccess: Hashable, Sendable {
    /// The member: a path within the context's layout, empty where the context is plain bytes.
    public let field: String
    /// Where it begins, in bytes from the start of the context.
    public let offset: Int
    /// How many bytes may be read or written; can be more than the member has.
    public let size: Int
    /// The widths of loads that are allowed, at aligned offsets.
    public let reads: Widths
    /// The widths of stores that are allowed, at aligned offsets.
    public let writes: Widths
    /// What a load gives.
    public let value: Value
    /// Whether narrow accesses must begin where an element begins.
    public let onlyAtStart: Bool

    /// Numbers of bytes.
    public struct Widths: OptionSet, Hashable, Sendable {
        /// One bit a width; bit 3, of the value 8, is 8 bytes.
        public let rawValue: UInt8
        /// Widths from bits: 1, 2, 4 and 8 mean themselves.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// One byte.
        public static let byte = Widths(rawValue: 1)
        /// Two bytes.
        public static let half = Widths(rawValue: 2)
        /// Four bytes.
        public static let word = Widths(rawValue: 4)
        /// Eight bytes.
        public static let double = Widths(rawValue: 8)
        /// Four bytes or any part of them.
        public static let narrow: Widths = [.byte, .half, .word]
        /// Any width.
        public static let any: Widths = [.byte, .half, .word, .double]
    }

    /// What a load from the context gives.
    public enum Value: Hashable, Sendable {
        /// A number.
        case number
        /// The start of the packet; of the option's value, for socket options.
        case packet
        /// The end of that.
        case packetEnd
        /// The start of the data that is kept before a packet.
        case packetMetadata
        /// A full socket.
        case socket
        /// A full socket, or null.
        case socketOrNull
        /// A socket of which only the common part exists, or null.
        case socketCommonOrNull
        /// The keys that a flow dissector fills in.
        case flowKeys
        /// The buffer that a writable tracepoint gives.
        case tracepointBuffer
        /// A structure of the kernel, by its name.
        case structure(String)
    }
}

extension ContextAccess {
    /// Whether this row allows an access.
    public func allows(offset: Int, size: Int, isWrite: Bool) -> Bool {
        guard let width = UInt8(exactly: size), offset >= self.offset,
            offset - self.offset <= self.size - size
        else { return false }
        let widths = isWrite ? writes : reads
        guard [1, 2, 4, 8].contains(width), widths.contains(Widths(rawValue: width)),
            offset % size == 0
        else { return false }
        return !onlyAtStart || offset == self.offset
    }
}

extension ProgramType {
    /// What programs of a type may do with the members of their context, attached where they are;
    /// what any place allows, without one.
    ///
    /// Observed on Linux 6.18 by offering every load and store to the verifier. Contexts of typed
    /// arguments (tracing, security modules, structure operations) depend on the function.
    public func contextAccesses(attachedAt place: AttachType? = nil) -> [ContextAccess] {
        ContextAccess.rows(of: self, attachedAt: place)
    }

    /// The row that allows an access to the context, or nothing if it is not allowed.
    public func contextAccess(
        at offset: Int, size: Int, isWrite: Bool, attachedAt place: AttachType? = nil
    ) -> ContextAccess? {
        contextAccesses(attachedAt: place)
            .first { $0.allows(offset: offset, size: size, isWrite: isWrite) }
    }
}
