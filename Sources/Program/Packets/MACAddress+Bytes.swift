extension MACAddress {
    /// The address `first:second:third:fourth:fifth:sixth`.
    @inline(__always)
    public init(
        _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, _ fifth: UInt8,
        _ sixth: UInt8
    ) {
        bytes = InlineArray(repeating: first)
        bytes[1] = second
        bytes[2] = third
        bytes[3] = fourth
        bytes[4] = fifth
        bytes[5] = sixth
    }
}
