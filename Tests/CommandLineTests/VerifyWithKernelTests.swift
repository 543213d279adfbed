import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

/// `ebpf build --verify-with-kernel`: the kernel's verdict as a message of the compiler.
@Suite(.liveKernel, .enabled("a Swift toolchain is here") { hasClang })
struct VerifyWithKernelTests {
    @Test func `a rejection is an error at the line that it is about`() async throws {
        let workspace = try Workspace()
        let source = try workspace.file(
            "Wild.swift",
            """
            import EBPFProgram

            @section("xdp") @used
            func wild(_ packet: XDPContext) -> XDPAction {
                let place = packet.dataStart + 64
                let byte = place.load(as: UInt8.self)
                return byte == 7 ? .drop : .pass
            }
            """)
        let session = await Session.run(
            "build", source, "-o", "\(workspace.path)/wild.o", "--verify-with-kernel")
        #expect(session.exitCode == 1)
        let first = session.errors.split(separator: "\n").first ?? ""
        #expect(first.hasPrefix("\(source):6:"), "\(session.errors)")
        #expect(first.contains(": error: the verifier refuses wild: "), "\(session.errors)")
        #expect(session.errors.contains("the kernel refuses program wild"))
    }

    @Test func `what the kernel takes is built as always`() async throws {
        let workspace = try Workspace()
        let source = try workspace.file(
            "Fine.swift",
            """
            import EBPFProgram
            @section("xdp") @used func fine(_ packet: XDPContext) -> XDPAction { .pass }
            """)
        let session = await Session.run(
            "build", source, "-o", "\(workspace.path)/fine.o", "--verify-with-kernel")
        #expect(session.exitCode == 0, "\(session.errors)")
        #expect(session.errors.isEmpty)
    }
}
