/// All helpers about packets.
enum PacketHelpers {
    static func install(in table: inout HelperTable) {
        XDPHelpers.install(in: &table)
        PacketBytesHelpers.install(in: &table)
        ChecksumHelpers.install(in: &table)
        PacketShapeHelpers.install(in: &table)
        VLANHelpers.install(in: &table)
        RedirectHelpers.install(in: &table)
        PacketPropertyHelpers.install(in: &table)
        InterfaceHelpers.install(in: &table)
        TunnelHelpers.install(in: &table)
        SYNCookieHelpers.install(in: &table)
    }
}
