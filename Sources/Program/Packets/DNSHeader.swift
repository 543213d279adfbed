/// The header of a question to, or an answer from, a name server (RFC 1035, section 4.1.1).
public struct DNSHeader: BitwiseCopyable, Sendable {
    /// Which question it is.
    public var identifier: BigEndian<UInt16>
    /// Flags, operation and result.
    public var flags: BigEndian<UInt16>
    /// How many questions there are.
    public var questions: BigEndian<UInt16>
    /// How many answers.
    public var answers: BigEndian<UInt16>
    /// How many name servers.
    public var authorities: BigEndian<UInt16>
    /// How many additional records.
    public var additional: BigEndian<UInt16>

    /// Whether it is an answer.
    @inline(__always)
    public var isAnswer: Bool { flags.value & 0x8000 != 0 }

    /// Whether it is a question.
    @inline(__always)
    public var isQuestion: Bool { !isAnswer }

    /// The result: 0 is success, 3 that there is no such name.
    @inline(__always)
    public var result: UInt8 { UInt8(truncatingIfNeeded: flags.value & 15) }
}
