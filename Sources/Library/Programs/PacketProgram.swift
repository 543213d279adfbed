import EBPFBytecode
public import EBPFExecution
import EBPFKernel

/// A kind of program that decides about packets, and can be run on one without being attached.
public protocol PacketProgram: ProgramKind {
    /// What it decides.
    associatedtype Verdict: Hashable, Sendable

    /// The decision that a result stands for.
    static func verdict(_ returned: UInt32) -> Verdict
}

extension PacketProgram {
    /// Runs the program on a packet.
    ///
    /// In user space it may have any length and come from anywhere; the kernel takes at least an
    /// Ethernet header (14 bytes), and it comes from the loopback interface.
    ///
    /// - Parameters:
    ///   - packet: from the link layer's header on.
    ///   - origin: what the context says about it; user space only.
    /// - Returns: the verdict, and the packet as the program left it.
    /// - Throws: ``RunError``.
    public func run(
        packet: [UInt8], origin: PacketOrigin? = nil
    ) throws(RunError) -> PacketRun<Verdict> {
        switch program.storage {
        case .userSpace(let program):
            let result: PacketResult = try runInUserSpace {
                try program.run(packet: packet, origin: origin ?? PacketOrigin())
            }
            return PacketRun(result, verdict: Self.verdict(result.returned))
        case .kernel(let program):
            do throws(KernelError) {
                guard origin == nil else { throw originRefused }
                let result = try program.run(packet: packet)
                return PacketRun(result, verdict: Self.verdict(result.returned))
            } catch {
                throw .refused(error)
            }
        }
    }

    private var originRefused: KernelError {
        KernelError(
            "running \(program) on a packet", .operationNotSupported,
            reason: "the kernel does not let one choose where the packet comes from",
            remedy: "leave the origin out, or load the object with Host.userSpace")
    }
}

/// What a run on a packet left behind.
public struct PacketRun<Verdict: Hashable & Sendable>: Hashable, Sendable {
    /// What the program decided.
    public let verdict: Verdict
    /// The packet after the run.
    public let packet: [UInt8]
    /// Where it is to go, if the program called a redirect helper; the kernel does not say it.
    public let redirect: Redirect?
    /// Copies that the program sent (`bpf_clone_redirect`); the kernel does not say them.
    public let clones: [ClonedPacket]

    init(_ result: PacketResult, verdict: Verdict) {
        self.verdict = verdict
        packet = result.packet
        redirect = result.redirect
        clones = result.clones
    }

    init(_ result: TestRunResult, verdict: Verdict) {
        self.verdict = verdict
        packet = result.packet
        redirect = nil
        clones = []
    }
}

/// Runs something in user space and says in the library's words why it failed.
func runInUserSpace<Result>(_ body: () throws -> Result) throws(RunError) -> Result {
    do {
        return try body()
    } catch let error as ExecutionError {
        throw .stopped(error)
    } catch let errno as KernelErrno {
        throw .refused(KernelError("taking a CPU", errno))
    } catch {
        throw .refused(
            KernelError("running the program", .invalidArgument, reason: "\(error)"))
    }
}
