import EBPFBytecode
public import EBPFKernel

extension NetworkInterface {
    /// Puts a program on a hook, where it stays until it is removed or the interface goes
    /// (`BPF_PROG_ATTACH`).
    ///
    /// - Parameters:
    ///   - order: where among the others; the end if not given.
    ///   - replaced: a program of the hook whose place it takes; then there is no order.
    /// - Throws: ``KernelError``.
    public func keep(
        _ program: KernelProgram, on hook: InterfaceHook, order: AttachOrder? = nil,
        replacing replaced: KernelProgram? = nil
    ) throws(KernelError) {
        try program.require([.schedulerClassifier], for: "\(hook)")
        var attributes = ProgramAttachAttributes()
        attributes.target = index
        attributes.program = program.number
        attributes.attachType = hook.attachType.rawValue
        order?.write(to: &attributes)
        if let replaced {
            let replace: UInt32 = 4
            attributes.flags |= replace
            attributes.replaced = replaced.number
        }
        do throws(KernelErrno) {
            try program.system.bpf(.programAttach, &attributes)
        } catch {
            let action = "attaching \(program) to \(hook.name(on: self))"
            throw KernelError(action, error).explained(hook, self)
        }
    }

    /// Takes a program off a hook that was put there without a link (`BPF_PROG_DETACH`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if it is not there, `EBUSY` if a link holds it.
    public func remove(_ program: KernelProgram, from hook: InterfaceHook) throws(KernelError) {
        var attributes = ProgramAttachAttributes()
        attributes.target = index
        attributes.program = program.number
        attributes.attachType = hook.attachType.rawValue
        do throws(KernelErrno) {
            try program.system.bpf(.programDetach, &attributes)
        } catch {
            let isHeld = error == .busy
            throw KernelError(
                "detaching \(program) from \(hook.name(on: self))", error,
                reason: isHeld
                    ? "a link holds it" : error == .noEntry ? "it is not attached there" : nil,
                remedy: isHeld ? "detach the link" : nil)
        }
    }

    /// The programs on a hook, in the order in which they run.
    ///
    /// - Returns: `nil` if the interface or the kernel has no such hook.
    /// - Throws: ``KernelError``.
    public func programs(
        on hook: InterfaceHook, system: SystemCalls = .linux
    ) throws(KernelError) -> AttachedPrograms? {
        do throws(KernelErrno) {
            return try system.attachedPrograms(target: index, hook.attachType)
        } catch {
            let hasNoSuchHook: [KernelErrno] = [
                .invalidArgument, .noAddress, .operationNotSupported, .accessDenied, .noDevice,
            ]
            guard hasNoSuchHook.contains(error) else {
                throw KernelError("listing \(hook.name(on: self))", error)
            }
            return nil
        }
    }
}

extension KernelError {
    /// What is wrong with an interface, or with a place in the order of its hook.
    func explained(
        _ hook: InterfaceHook, _ interface: NetworkInterface
    ) -> KernelError {
        if let explained = explainedOrder(hook: hook.name(on: interface)) { return explained }
        var error = self
        if hook.isNetkit, interface.kind != "netkit" {
            error.reason = "\(interface) is not a netkit device"
            error.remedy = "name the primary one of a netkit pair, or attach it to tcx"
        } else if hook.isNetkit, errno == .accessDenied {
            error.reason = "\(interface) is the peer of a netkit pair"
            error.remedy = "name the primary device, which programs of both are attached by"
        } else if errno == .invalidArgument {
            error.reason =
                "the program was loaded for another place, or the kernel has no such hook "
                + "(\(hook.attachType.name) came with Linux \(hook.attachType.since))"
            error.remedy =
                "load it for \(hook.attachType.name), or attach it by traffic control (cls_bpf)"
        }
        return error
    }
}
