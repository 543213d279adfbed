/// A message to or from the kernel's network configuration (rtnetlink(7)).
///
/// A head that says what is asked, a structure of fixed length, and attributes.
public struct NetlinkMessage: Sendable {
    /// What it asks or tells: `RTM_NEWLINK` and so on.
    public var type: UInt16
    /// `NLM_F_…`, without those that every request has.
    public var flags: Flags
    /// The structure of fixed length, and in an answer all that follows.
    public var body: ArraySlice<UInt8>

    /// A request.
    ///
    /// - Parameters:
    ///   - header: the structure of fixed length that the type asks for.
    ///   - attributes: what follows it.
    public init(
        _ type: UInt16, _ flags: Flags = [], header: [UInt8],
        _ attributes: NetlinkAttributes = NetlinkAttributes()
    ) {
        self.type = type
        self.flags = flags
        let padding = [UInt8](repeating: 0, count: (4 - header.count % 4) % 4)
        body = (header + padding + attributes.bytes)[...]
    }

    init(type: UInt16, flags: Flags, body: ArraySlice<UInt8>) {
        (self.type, self.flags, self.body) = (type, flags, body)
    }

    /// How a request is to be understood (`NLM_F_…` in `linux/netlink.h`).
    public struct Flags: OptionSet, Sendable {
        /// The bits.
        public let rawValue: UInt16

        /// Flags from bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        static let request = Flags(rawValue: 0x1)
        static let acknowledge = Flags(rawValue: 0x4)
        static let wasInterrupted = Flags(rawValue: 0x10)
        static let isCapped = Flags(rawValue: 0x100)
        static let hasExplanation = Flags(rawValue: 0x200)

        /// Tell what was made (`NLM_F_ECHO`).
        public static let echo = Flags(rawValue: 0x8)
        /// Tell all there are (`NLM_F_DUMP`).
        public static let dump = Flags(rawValue: 0x300)
        /// Put it in the place of the one that is there (`NLM_F_REPLACE`).
        public static let replace = Flags(rawValue: 0x100)
        /// Fail if there is one already (`NLM_F_EXCL`).
        public static let exclusive = Flags(rawValue: 0x200)
        /// Make it if there is none (`NLM_F_CREATE`).
        public static let create = Flags(rawValue: 0x400)
    }

    /// The attributes behind a structure of so many bytes.
    public func values(after size: Int) -> NetlinkValues {
        NetlinkValues(body.dropFirst((size + 3) / 4 * 4))
    }

    /// The message's bytes, with its head (`struct nlmsghdr`).
    func bytes(sequence: UInt32) -> [UInt8] {
        let length = UInt32(16 + body.count)
        let flags = flags.union([.request, .acknowledge])
        return length.hostBytes + type.hostBytes + flags.rawValue.hostBytes
            + sequence.hostBytes + UInt32(0).hostBytes + body
    }
}

/// A message as it was received: also those that end an answer or tell a failure.
struct ReceivedMessage {
    /// `NLMSG_ERROR` and `NLMSG_DONE`.
    static let (error, done): (UInt16, UInt16) = (2, 3)

    let message: NetlinkMessage
    let sequence: UInt32

    /// The messages in what a socket received; what is cut off is left out.
    static func all(in bytes: [UInt8]) -> [ReceivedMessage] {
        var messages: [ReceivedMessage] = []
        var rest = bytes[...]
        while let length: UInt32 = rest.number(at: 0), length >= 16, Int(length) <= rest.count,
            let type: UInt16 = rest.number(at: 4), let flags: UInt16 = rest.number(at: 6),
            let sequence: UInt32 = rest.number(at: 8)
        {
            let message = NetlinkMessage(
                type: type, flags: NetlinkMessage.Flags(rawValue: flags),
                body: rest.dropFirst(16).prefix(Int(length) - 16))
            messages.append(ReceivedMessage(message: message, sequence: sequence))
            rest = rest.dropFirst((Int(length) + 3) / 4 * 4)
        }
        return messages
    }

    /// The kernel's error number, positive; 0 for success.
    var errno: Int32 {
        let number: Int32 = message.body.number(at: 0) ?? 0
        return number == .min ? .max : abs(number)
    }

    /// What the kernel says about a failure in words (extended acknowledgements, Linux 4.12).
    var explanation: String? {
        guard message.flags.contains(.hasExplanation) else { return nil }
        let requestLength: UInt32 = message.body.number(at: 4) ?? 16
        let echoed = message.flags.contains(.isCapped) ? 16 : Int(max(requestLength, 16))
        let text: UInt16 = 1
        return NetlinkValues(message.body.dropFirst(4 + (echoed + 3) / 4 * 4)).text(text)
    }
}
