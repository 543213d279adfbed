/// Bytes that a context points to: what a process sends, the value of an option.
public struct ContextData: Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]
    /// Which field of the context gets the address of the first byte: its offset.
    public var startField: Int
    /// Which field gets the address of the byte after the last one.
    public var endField: Int

    /// Bytes, and the fields of eight bytes that get their addresses.
    public init(_ bytes: [UInt8], startField: Int, endField: Int) {
        (self.bytes, self.startField, self.endField) = (bytes, startField, endField)
    }
}

extension Machine {
    /// Puts bytes in place as the context, and those that it points to.
    func prepareContext(_ bytes: [UInt8], isWritable: Bool, data: ContextData) {
        context.fill(bytes, isWritable: isWritable)
        unsafe data.bytes.withUnsafeBytes { unsafe packet.fill($0) }
        let start = Address.packetStart + UInt64(packet.data)
        context[doubleWord: data.startField] = start
        context[doubleWord: data.endField] = start + UInt64(packet.byteCount)
        memory[Address.contextRegion] = context.region
        memory[Address.packetRegion] = packet.region(isWritable: true)
    }
}
