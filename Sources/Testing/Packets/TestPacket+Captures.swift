import EBPFExecution

extension TestPacket {
    /// The packets of a capture (pcap or pcapng), each at its own time: a run sets the world's clock
    /// to it.
    ///
    /// Packets without an Ethernet header get one; those of unknown links are left out.
    ///
    /// - Throws: ``CaptureError`` if the file cannot be read.
    public static func capture(_ path: String) throws -> [TestPacket] {
        var capture = try Capture(contentsOf: path)
        var packets: [TestPacket] = []
        while let packet = try capture.next() {
            guard let frame = packet.ethernetForm else { continue }
            var origin = PacketOrigin(timestamp: packet.timestamp)
            origin.wireLength = frame.originalLength
            var test = TestPacket(frame.bytes, origin: origin)
            test.time = packet.timestamp
            packets.append(test)
        }
        return packets
    }
}
