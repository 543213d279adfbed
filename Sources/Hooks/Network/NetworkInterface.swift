import EBPFBytecode
public import EBPFKernel

/// A network interface of the namespace that the calling thread is in.
public struct NetworkInterface: Hashable, Sendable {
    /// The number (`ifindex`).
    public let index: UInt32
    /// The name.
    public let name: String
    /// The kind of virtual interface: "veth", "tun", "netkit"; `nil` for hardware and loopback.
    public let kind: String?
    /// The hardware address; empty if it has none.
    public let hardwareAddress: [UInt8]
    /// The greatest packet in bytes.
    public let mtu: UInt32
    /// Whether it was switched on (`IFF_UP`).
    public let isUp: Bool
    /// The XDP programs on it, by how they run; empty if there are none.
    public let xdp: [XDPMode: UInt32]
}

extension NetworkInterface {
    /// All interfaces, by number.
    ///
    /// - Throws: ``KernelError``.
    public static func all(
        system: SystemCalls = .linux
    ) throws(KernelError) -> [NetworkInterface] {
        let (getLink, extensionMask): (UInt16, UInt16) = (18, 29)
        let withoutStatistics: UInt32 = 8
        var attributes = NetlinkAttributes()
        attributes.add(extensionMask, withoutStatistics)
        let request = NetlinkMessage(getLink, .dump, header: InterfaceHeader().bytes, attributes)
        var socket = try NetlinkSocket(system: system)
        return try socket.perform(request, "listing network interfaces")
            .compactMap { NetworkInterface($0) }
            .sorted { $0.index < $1.index }
    }

    /// Finds an interface.
    ///
    /// - Throws: ``KernelError``, `ENODEV` if there is none, with the name that may have been meant.
    public static func find(
        _ reference: InterfaceReference, system: SystemCalls = .linux
    ) throws(KernelError) -> NetworkInterface {
        let interfaces = try all(system: system)
        let found = interfaces.first { interface in
            switch reference {
            case .name(let name): interface.name == name
            case .index(let index): interface.index == index
            }
        }
        if let found { return found }
        let names = interfaces.map(\.name)
        var reason = "there is no such interface in this network namespace"
        if case .name(let name) = reference {
            reason += Spelling.suggestion(for: name, among: names)
        }
        throw KernelError(
            "looking for network interface \(reference)", .noDevice, reason: reason,
            remedy: "it has \(names.prefix(12).joined(separator: ", "))")
    }

    /// Reads `RTM_NEWLINK`.
    private init?(_ message: NetlinkMessage) {
        let newLink: UInt16 = 16
        guard message.type == newLink, let index: UInt32 = message.body.number(at: 4),
            let flags: UInt32 = message.body.number(at: 8)
        else { return nil }
        let values = message.values(after: InterfaceHeader.size)
        let (address, name, mtu, info, xdp): (UInt16, UInt16, UInt16, UInt16, UInt16) =
            (1, 3, 4, 18, 43)
        self.index = index
        self.name = values.text(name) ?? ""
        kind = values.nested(info).text(1)
        hardwareAddress = Array(values.bytes(address) ?? [])
        self.mtu = values.number(mtu) ?? 0
        isUp = flags & 1 != 0
        self.xdp = Self.xdpPrograms(values.nested(xdp))
    }

    /// Reads `IFLA_XDP`: one program and how it runs, or one for each way.
    private static func xdpPrograms(_ values: NetlinkValues) -> [XDPMode: UInt32] {
        let (attached, program): (UInt16, UInt16) = (2, 4)
        let rows: [(attached: UInt8, program: UInt16, mode: XDPMode)] = [
            (1, 5, .native), (2, 6, .generic), (3, 7, .offload),
        ]
        let state = values.number(attached, as: UInt8.self) ?? 0
        var programs: [XDPMode: UInt32] = [:]
        for row in rows {
            let id =
                values.number(row.program) ?? (state == row.attached ? values.number(program) : nil)
            if let id, id != 0 { programs[row.mode] = id }
        }
        return programs
    }
}

extension NetworkInterface: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}

/// `struct ifinfomsg`.
public struct InterfaceHeader: Sendable {
    static let size = 16
    private let index: UInt32
    private let flags: UInt32
    private let change: UInt32

    /// The interface with a number, or any.
    ///
    /// - Parameters:
    ///   - flags: `IFF_…`.
    ///   - change: which of them are to be set.
    public init(index: UInt32 = 0, flags: UInt32 = 0, change: UInt32 = 0) {
        (self.index, self.flags, self.change) = (index, flags, change)
    }

    /// The structure's bytes.
    public var bytes: [UInt8] {
        [0, 0, 0, 0] + index.hostBytes + flags.hostBytes + change.hostBytes
    }
}
