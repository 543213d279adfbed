import EBPFBytecode
import Testing

@testable import EBPFExecution

/// SYN cookies: made, checked, and the segment sizes that they stand for.
struct PacketCookieTests {
    /// A TCP header with options, which a program builds on its stack at r10 - 64.
    private static func header(_ options: [UInt8], length: UInt8? = nil) -> String {
        let count = 20 + options.count
        var bytes: [UInt8] = [
            0x30, 0x39, 0, 80, 0x11, 0x22, 0x33, 0x44, 0, 0, 0, 0, UInt8(count / 4) << 4, 2, 0xff,
            0xff, 0, 0, 0, 0,
        ]
        if let length { bytes[12] = length << 4 }
        bytes += options + [UInt8](repeating: 0, count: 40 - options.count)
        return bytes.enumerated().map { "*(u8 *)(r10 - \(64 - $0)) = \($1)" }
            .joined(separator: "\n")
    }

    /// The network header, at r10 - 128.
    private static let network = (0..<8).map { "*(u64 *)(r10 - \(128 - 8 * $0)) = \($0 + 77)" }
        .joined(separator: "\n")

    private static func generate(_ version: Int, count: Int) -> String {
        """
        r1 = r10
        r1 += -128
        r2 = r10
        r2 += -64
        r3 = \(count)
        call bpf_tcp_raw_gen_syncookie_ipv\(version)
        """
    }

    static let options: [[UInt8]] = [
        [], [2, 4, 5, 0xb4], [2, 4, 5, 0x14, 2, 4, 5, 0xa0], [2, 4, 2, 0x17], [2, 4, 0xff, 0xff],
        [1, 1, 1, 1, 2, 4, 5, 0xa0], [1, 2, 4, 5], [8, 10, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
        [0, 0, 2, 4],
        [2, 4, 0, 0], [2, 0, 5, 0xb4], [3, 1, 2, 4],
    ]

    @Test(
        .enabled(if: PacketOracle.isAvailable, "needs root and bpf(2)"),
        arguments: options,
        [4, 6]
    )
    func `the segment size is the kernel's`(_ options: [UInt8], _ version: Int) throws {
        let count = 20 + options.count
        for (length, size) in [(nil, count), (4, count), (nil, 20), (nil, 24)] as [(UInt8?, Int)] {
            let trial = PacketTrial(
                type: .xdp,
                packet: SamplePacket.ipv4(),
                steps: [
                    Self.network, Self.header(options, length: length),
                    Self.generate(version, count: size) + "\nr0 >>= 32",
                ].map { $0.contains("call") ? $0 : $0 + "\nr0 = 0" }
            )
            try trial.expectSameAsKernel()
        }
    }

    /// A program that makes a cookie, acknowledges it, changes something, and checks.
    private func check(_ version: Int, change: String) throws -> Int32 {
        let program = try TestProgram(
            """
            \(Self.network)
            \(Self.header([2, 4, 5, 0xb4]))
            \(Self.generate(version, count: 24))
            w0 = w0
            r0 += 1
            r0 = be32 r0
            *(u32 *)(r10 - 56) = r0
            r1 = *(u32 *)(r10 - 60)
            r1 = be32 r1
            r1 += 1
            r1 = be32 r1
            *(u32 *)(r10 - 60) = r1
            \(change)
            r1 = r10
            r1 += -128
            r2 = r10
            r2 += -64
            call bpf_tcp_raw_check_syncookie_ipv\(version)
            exit
            """,
            type: .xdp
        )
        return try Int32(
            bitPattern: program.program.run(packet: SamplePacket.ipv4()).returned
        )
    }

    @Test(arguments: [4, 6])
    func `the answer to a cookie is known, any other is not`(_ version: Int) throws {
        #expect(try check(version, change: "") == 0)
        let changes = [
            "*(u8 *)(r10 - 53) = 1\n*(u8 *)(r10 - 54) = 2", "*(u8 *)(r10 - 64) = 1",
            "*(u8 *)(r10 - 57) = 0\n*(u8 *)(r10 - 58) = 0", "*(u8 *)(r10 - 110) = 5",
        ]
        for change in changes { #expect(try check(version, change: change) == -13) }
    }
}
