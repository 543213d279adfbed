public import EBPFHooks
public import EBPFKernel

/// An interface whose cable this process holds: frames written come in at the interface, frames
/// that it sends are read.
public struct TapInterface: ~Copyable {
    /// The process's end of the cable.
    public let cable: Descriptor
    /// The interface.
    public let interface: NetworkInterface

    /// Makes an interface, in the namespace of the calling thread, and switches it on.
    public init(_ name: String = "tap0") throws {
        let made = try Self.makeCable(name)
        let found = try NetworkInterface.find(.name(name))
        try TestNetwork.switchOn(index: found.index)
        cable = made
        interface = found
    }

    private static func makeCable(_ name: String) throws -> Descriptor {
        let cable = try SystemCalls.linux.open("/dev/net/tun", [.readWrite, .nonBlocking])
        var memory = CallMemory()
        let (tap, withoutHeader): (UInt16, UInt16) = (0x2, 0x1000)
        let flags = tap | withoutHeader
        // `struct ifreq`: a name of 16 bytes, flags.
        var request = [UInt8](name.utf8.prefix(15))
        request += [UInt8](repeating: 0, count: 16 - request.count)
        request += [UInt8(flags & 0xff), UInt8(flags >> 8)] + [UInt8](repeating: 0, count: 22)
        let setInterface = 0x4004_54ca
        try cable.system.call(
            .ioControl, Int(cable.number), setInterface, Int(memory.bytes(request)))
        memory.keep()
        return cable
    }

    /// Lets a frame come in.
    public func send(_ frame: [UInt8]) throws { try cable.write(frame) }

    /// The next frame that the interface sent, or nothing; it does not wait.
    public func receive() -> [UInt8]? { try? cable.read(count: 2048) }

    /// An Ethernet frame with an unassigned type and a byte of content.
    public static func frame(_ content: UInt8 = 0) -> [UInt8] {
        [UInt8](repeating: 0xff, count: 6) + [2, 0, 0, 0, 0, 1, 0x88, 0xb5]
            + [UInt8](repeating: content, count: 46)
    }
}
