import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program on packets of a network interface, in an order with others.
    ///
    /// - Parameters:
    ///   - hook: which packets.
    ///   - interface: in the namespace of the calling thread; of a netkit pair the primary device.
    ///   - order: where among the others; the end if not given.
    ///   - method: a link, or `BPF_PROG_ATTACH`, which others may undo.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `ENOENT` or `ERANGE` when the
    ///   neighbour is not on the hook, `ESTALE` when the hook has changed.
    public func attach(
        to hook: InterfaceHook, of interface: InterfaceReference, order: AttachOrder? = nil,
        method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        let interface = try NetworkInterface.find(interface, system: system)
        guard method != .legacy else {
            try interface.keep(self, on: hook, order: order)
            return Link(InterfaceHookAttachment(self, hook, interface))
        }
        try require([.schedulerClassifier], for: "\(hook)")
        var attributes = OrderedLinkAttributes()
        attributes.program = number
        attributes.target = interface.index
        attributes.attachType = hook.attachType.rawValue
        order?.write(to: &attributes)
        do throws(KernelError) {
            return try BPFLink.create(
                attributes, hook: hook.name(on: interface), program: self)
        } catch {
            throw error.explained(hook, interface)
        }
    }
}

/// A program on a hook without a link; the value takes it off.
private final class InterfaceHookAttachment: UpdatableAttachment {
    let hook: String
    private let kind: InterfaceHook
    private let interface: NetworkInterface
    private let current: CurrentProgram

    init(_ program: KernelProgram, _ kind: InterfaceHook, _ interface: NetworkInterface) {
        (self.kind, self.interface) = (kind, interface)
        hook = kind.name(on: interface)
        current = CurrentProgram(program)
    }

    func detach() throws(KernelError) { try interface.remove(current.program, from: kind) }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping \(hook) at \(path)", .operationNotSupported,
            reason: "it was attached without a link", remedy: "attach it by a link")
    }

    func update(
        to program: KernelProgram, expecting expected: KernelProgram?
    ) throws(KernelError) {
        let old = current.program
        guard expected == nil || expected?.id == old.id else {
            throw KernelError(
                "putting \(program) on \(hook)", .notPermitted,
                reason: "\(old) is there, not \(expected, default: "")")
        }
        try interface.keep(program, on: kind, replacing: old)
        current.program = program
    }
}
