public import EBPFExecution
public import EBPFObjectFile
public import Testing

/// What is around a kernel program in a test: its maps, the clock, the process, and a way to run it.
///
/// ```swift
/// @testable import FirewallProgram
/// import EBPFTesting
/// import Testing
///
/// @Test func `a blocked port is dropped`() {
///     var world = TestWorld()
///     world.map(blockedPorts)[22] = 0
///     #expect(world.run(firewall, packet: .tcpSYN(from: "10.0.0.1", port: 22)) == .drop)
///     #expect(world.map(blockedPorts)[22] == 1)
/// }
/// ```
///
/// The program runs as the ordinary Swift code that it also is, so that a debugger stops in it;
/// helpers and maps are those of the machine that runs compiled programs. With another ``Form`` the
/// same test runs the *compiled* program, in that machine or in the kernel:
/// `TestWorld(.machine(try Firewall.specs()))`.
///
/// Each world has maps and variables of its own, so that tests can run at the same time. What a
/// verifier or a kernel would refuse is recorded as an issue of the test.
public struct TestWorld {
    /// How programs of a world are executed.
    public enum Form: Sendable {
        /// As ordinary code of this process. A failed check (overflow, an index out of bounds) ends
        /// the test's process, as it does in any Swift program; compiled programs end with their
        /// default verdict instead.
        case native
        /// Compiled, in the machine of this process.
        case machine(ObjectSpecs)
        /// Compiled, in the kernel that this process runs on; it takes root or `CAP_BPF`.
        ///
        /// The kernel has a clock, processes and random numbers of its own.
        case kernel(ObjectSpecs)
    }

    let state: WorldState

    /// A world in which nothing has happened yet.
    ///
    /// - Parameters:
    ///   - form: how programs are executed.
    ///   - processors: how many there are; per-CPU maps have a value for each.
    ///   - seed: where the sequence of random numbers begins.
    public init(_ form: Form = .native, processors: Int = 4, seed: UInt64 = 0) {
        state = WorldState(form, processors: processors, seed: seed)
    }

    /// How programs are executed.
    public var form: Form { state.form }

    /// The processor that programs run on, from 0; the kernel chooses it itself.
    public var processor: Int {
        get { state.processor }
        nonmutating set { state.processor = newValue }
    }

    /// The process that programs seem to run in.
    public var process: ProcessIdentity {
        get { state.host.process }
        nonmutating set { state.host.process = newValue }
    }

    /// The lines that programs have printed (`printk`), in order; the kernel keeps them for itself.
    public var printed: [String] { state.printed.lines }
}

extension TestWorld.Form: CustomTestStringConvertible {
    /// "native", "machine" or "kernel".
    public var testDescription: String {
        switch self {
        case .native: "native"
        case .machine: "machine"
        case .kernel: "kernel"
        }
    }
}
