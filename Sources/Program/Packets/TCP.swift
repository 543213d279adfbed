/// The header of a TCP segment, without options (RFC 9293).
public struct TCP: BitwiseCopyable, Sendable {
    /// The port it was sent from.
    public var source: BigEndian<UInt16>
    /// The port it is for.
    public var destination: BigEndian<UInt16>
    /// The number of the first byte.
    public var sequence: BigEndian<UInt32>
    /// The number of the byte that is expected next.
    public var acknowledgment: BigEndian<UInt32>
    @usableFromInline var dataOffset: UInt8
    /// What the segment does.
    public var flags: TCPFlags
    /// How many bytes may be sent, scaled.
    public var window: BigEndian<UInt16>
    /// The checksum.
    public var checksum: BigEndian<UInt16>
    /// Where urgent data ends.
    public var urgent: BigEndian<UInt16>

    /// The length of the header with its options: 20 to 60 bytes.
    @inline(__always)
    public var headerLength: Int { Int(dataOffset >> 4) &* 4 }
}

/// What a TCP segment does.
public struct TCPFlags: OptionSet, BitwiseCopyable, Sendable {
    /// The bits, as in the header.
    public var rawValue: UInt8

    /// Flags from bits.
    @inline(__always) public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No more data will come.
    public static var fin: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 1) } }
    /// A connection begins.
    public static var syn: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 2) } }
    /// The connection is no more.
    public static var rst: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 4) } }
    /// The data are to be handed on at once.
    public static var psh: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 8) } }
    /// Data are acknowledged.
    public static var ack: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 16) } }
    /// Some data are urgent.
    public static var urg: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 32) } }
    /// Congestion was met on the way.
    public static var ece: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 64) } }
    /// The sender slows down.
    public static var cwr: TCPFlags { @inline(__always) get { TCPFlags(rawValue: 128) } }
}
