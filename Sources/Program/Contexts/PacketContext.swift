/// The argument of a program that sees a packet in memory.
public protocol PacketContext: ProgramContext {
    /// The first byte of the packet.
    var dataStart: UnsafeMutableRawPointer { get }
    /// The byte after the last one in reach.
    var dataEnd: UnsafeMutableRawPointer { get }
}

extension PacketContext {
    /// A header that begins `offset` bytes into the packet; `nil` if the packet ends before.
    ///
    /// Calls that change the packet's size end the life of all headers: ask again after them.
    @inline(__always)
    public func header<Fields>(_: Fields.Type, at offset: Int = 0) -> Header<Fields>? {
        let place = opaque(dataStart + offset)
        if place + MemoryLayout<Fields>.size > dataEnd { return nil }
        return Header(place.assumingMemoryBound(to: Fields.self))
    }
}
