/// A pcap or pcapng file, read packet by packet.
///
/// ```swift
/// var capture = try Capture(contentsOf: "web.pcapng")
/// while let packet = try capture.next() { … }
/// ```
///
/// Files of both byte orders, with microseconds or nanoseconds, and with any number of sections
/// and interfaces are read. Memory does not grow with the file. When a file ends inside a packet,
/// the whole packets before it are delivered and then the fault is thrown, once.
public struct Capture: ~Copyable {
    /// The two kinds of capture files.
    public enum Format: String, Sendable {
        /// The classic format, with one link type a file; and the extensible one.
        case pcap, pcapng
    }

    /// Which kind of file it is.
    public let format: Format
    private var input: CaptureInput
    private var decoder: any CaptureDecoder
    private var isFinished = false

    /// Opens a file and reads its header; the path `-` is the standard input.
    public init(contentsOf path: String) throws(CaptureError) {
        try self.init(CaptureInput(path: path))
    }

    /// Reads a capture that is in memory.
    public init(_ bytes: [UInt8]) throws(CaptureError) {
        try self.init(CaptureInput(bytes))
    }

    private init(_ input: consuming CaptureInput) throws(CaptureError) {
        guard try input.require(4) else {
            throw CaptureError(
                input.available == 0
                    ? .empty : .notACapture(instead: OtherFile(input))
            )
        }
        if let decoder = try PcapDecoder(&input) {
            format = .pcap
            self.decoder = decoder
        } else if let decoder = try PcapngDecoder(&input) {
            format = .pcapng
            self.decoder = decoder
        } else {
            throw CaptureError(.notACapture(instead: OtherFile(input)))
        }
        self.input = input
    }

    /// How many bytes of the file have been read.
    public var position: UInt64 { input.offset }

    /// How many bytes the file has; `nil` for a pipe.
    public var size: UInt64? { input.size }

    /// The next packet, or `nil` after the last one, or after an error was thrown.
    public mutating func next() throws(CaptureError) -> Packet? {
        guard !isFinished else { return nil }
        do {
            let packet = try decoder.next(&input)
            isFinished = packet == nil
            return packet
        } catch {
            isFinished = true
            throw error
        }
    }

    /// All packets that are left, and the fault that ended them, if any.
    public mutating func rest() -> (packets: [Packet], error: CaptureError?) {
        var packets: [Packet] = []
        do {
            while let packet = try next() { packets.append(packet) }
            return (packets, nil)
        } catch {
            return (packets, error)
        }
    }
}

/// What knows the layout of one kind of file.
protocol CaptureDecoder: Sendable {
    /// The next packet, or `nil` where the file ends between two.
    mutating func next(_ input: inout CaptureInput) throws(CaptureError) -> Packet?
}

extension CaptureError.OtherFile {
    fileprivate init?(_ input: borrowing CaptureInput) {
        self.init(startingWith: input.bytes(at: 0, count: 8))
    }
}

private typealias OtherFile = CaptureError.OtherFile
