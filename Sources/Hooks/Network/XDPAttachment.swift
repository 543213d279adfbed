import EBPFBytecode
import EBPFKernel

/// An XDP program that was put on an interface by netlink (`RTM_SETLINK` with `IFLA_XDP`).
///
/// Kernels before 5.9 have no other way. It would outlive the process, so the value takes it off,
/// but only if nobody put another program there.
final class XDPAttachment: UpdatableAttachment {
    let hook: String
    private let interface: NetworkInterface
    private let mode: XDPMode?
    private let current: CurrentProgram

    private init(
        _ program: KernelProgram, on interface: NetworkInterface, _ mode: XDPMode?, hook: String
    ) {
        (self.interface, self.mode, self.hook) = (interface, mode, hook)
        current = CurrentProgram(program)
    }

    static func attach(
        _ program: KernelProgram, to interface: NetworkInterface, _ mode: XDPMode?, hook: String
    ) throws(KernelError) -> XDPAttachment {
        let onlyIfFree: UInt32 = 1
        try set(
            program.descriptor.number, on: interface, flags: (mode?.flag ?? 0) | onlyIfFree,
            replacing: nil, system: program.system, "attaching \(program) to \(hook)")
        return XDPAttachment(program, on: interface, mode, hook: hook)
    }

    func update(
        to program: KernelProgram, expecting expected: KernelProgram?
    ) throws(KernelError) {
        let old = current.program
        if let expected, expected.id != old.id {
            throw KernelError(
                "putting \(program) on \(hook)", .exists, reason: "\(old) is there, not \(expected)"
            )
        }
        try exchange(program.descriptor.number, for: old, "putting \(program) on \(hook)")
        current.program = program
    }

    func detach() throws(KernelError) {
        try exchange(-1, for: current.program, "detaching from \(hook)")
    }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping \(hook) at \(path)", .operationNotSupported,
            reason: "it was attached by netlink, which knows no links",
            remedy: "attach it by a link (Linux 5.9)")
    }

    /// Sets the program if the old one is still there (`XDP_FLAGS_REPLACE`, Linux 5.7).
    private func exchange(
        _ new: Int32, for old: KernelProgram, _ action: String
    ) throws(KernelError) {
        let onlyIfExpected: UInt32 = 16
        let flags = mode?.flag ?? 0
        do throws(KernelError) {
            try Self.set(
                new, on: interface, flags: flags | onlyIfExpected,
                replacing: old.descriptor.number, system: old.system, action)
        } catch {
            guard error.errno == .invalidArgument else { throw replaced(error, action) }
            let there = try NetworkInterface.find(.index(interface.index), system: old.system).xdp
            guard there.values.contains(old.id) else {
                throw replaced(KernelError(action, .exists), action)
            }
            try Self.set(
                new, on: interface, flags: flags, replacing: nil, system: old.system, action)
        }
    }

    private func replaced(_ error: KernelError, _ action: String) -> KernelError {
        guard error.errno == .exists else { return error }
        return KernelError(
            action, .exists, reason: "\(interface) no longer runs \(current.program)",
            remedy: "what runs there was attached by someone else and stays")
    }

    static func set(
        _ program: Int32, on interface: NetworkInterface, flags: UInt32, replacing old: Int32?,
        system: SystemCalls, _ action: String
    ) throws(KernelError) {
        let (setLink, xdp): (UInt16, UInt16) = (19, 43)
        let (descriptor, flagBits, expected): (UInt16, UInt16, UInt16) = (1, 3, 8)
        var attributes = NetlinkAttributes()
        attributes.nest(xdp) { nested in
            nested.add(descriptor, program)
            nested.add(flagBits, flags)
            if let old { nested.add(expected, old) }
        }
        let request = NetlinkMessage(
            setLink, header: InterfaceHeader(index: interface.index).bytes, attributes)
        var socket = try NetlinkSocket(system: system)
        try socket.perform(request, action)
    }
}
