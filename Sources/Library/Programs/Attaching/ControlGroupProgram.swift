import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

/// A kind of program that control groups run: on their packets, sockets, devices, settings.
public protocol ControlGroupProgram: ProgramKind {}

extension ControlGroupProgram {
    /// Runs the program for the processes of a control group, and of those below it.
    ///
    /// - Parameters:
    ///   - path: the group's directory in the cgroup file system (version 2); in user space any
    ///     name: events are triggered at `MachineHook(.controlGroup, "NAME cgroup_inet_ingress")`.
    ///   - options: the hook, if the program was loaded for none, and the order among others;
    ///     user space looks only at the hook.
    ///   - method: a link (Linux 5.7) or `BPF_PROG_ATTACH`; kernel only.
    /// - Throws: ``KernelError``: `ENOENT` without such a group, `EPERM` when a group above allows no
    ///   other programs.
    public func attach(
        toControlGroup path: String, options: ControlGroupOptions = ControlGroupOptions(),
        method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attach(toControlGroup: path, options: options, method: method)
        case .userSpace(let loaded):
            guard let attachType = options.attachType ?? loaded.spec.attachType else {
                throw KernelError(
                    "attaching \(program) to control group \(path)", .invalidArgument,
                    reason: "neither its section nor the call names the hook",
                    remedy: "set attachType in the options")
            }
            return try loaded.link(to: MachineHook(.controlGroup, "\(path) \(attachType.name)"))
        }
    }
}

extension CgroupSKBProgram: ControlGroupProgram {}
extension CgroupDeviceProgram: ControlGroupProgram {}
extension CgroupSocketProgram: ControlGroupProgram {}
extension CgroupSocketAddressProgram: ControlGroupProgram {}
extension CgroupSocketOptionProgram: ControlGroupProgram {}
extension CgroupSysctlProgram: ControlGroupProgram {}
extension SocketOperationsProgram: ControlGroupProgram {}

// On packets they run as packet programs do.
extension CgroupDeviceProgram: ContextProgram {}
extension CgroupSocketProgram: ContextProgram {}
extension CgroupSocketAddressProgram: ContextProgram {}
extension CgroupSocketOptionProgram: ContextProgram {}
extension CgroupSysctlProgram: ContextProgram {}
extension SocketOperationsProgram: ContextProgram {}
