import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension XDPProgram {
    /// Runs the program on every packet that a network interface receives, before the network
    /// stack does.
    ///
    /// ```swift
    /// let link = try program.attach(to: "eth0", mode: .native)
    /// ```
    ///
    /// - Parameters:
    ///   - interface: in the namespace of the calling thread; in user space any name, by which
    ///     packets are then received (``UserSpaceHost/receive(_:on:origin:)``).
    ///   - mode: where it runs; `nil` for the driver if it can, else the network stack. User space
    ///     has one mode.
    ///   - method: a link (`BPF_LINK_CREATE`, Linux 5.9) or netlink (`IFLA_XDP`); kernel only.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `EBUSY` or `EEXIST` when it
    ///   has a program, `EOPNOTSUPP` when its driver knows no XDP.
    public func attach(
        to interface: InterfaceReference, mode: XDPMode? = nil,
        method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attachXDP(to: interface, mode: mode, method: method)
        case .userSpace(let program):
            return try program.link(to: MachineHook(.xdp, interface.description))
        }
    }
}
