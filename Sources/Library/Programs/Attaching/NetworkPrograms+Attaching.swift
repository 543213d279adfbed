import EBPFBytecode
public import EBPFHooks
public import EBPFKernel

extension NetfilterProgram {
    /// Runs the program on packets of this network namespace at a hook of netfilter (Linux 6.4);
    /// kernel only.
    ///
    /// - Parameter place: which packets, where on their way, and in which order.
    /// - Throws: ``KernelError``; `EBUSY` when a program has that priority.
    public func attach(at place: NetfilterPlace) throws(KernelError) -> Link {
        try attachable(to: "\(place)", instead: "attach a program to the interface's ingress")
            .attachNetfilter(at: place)
    }
}

extension LightweightTunnelProgram {
    /// Makes a route whose packets pass the program; the kind of program says at which place of
    /// their way; kernel only.
    ///
    /// - Parameters:
    ///   - route: one that does not exist yet; it goes with the link.
    ///   - others: programs for the other places of the same route.
    /// - Throws: ``KernelError``; `EEXIST` when there is such a route.
    public func attach(
        to route: TunnelRoute, with others: [LightweightTunnelProgram] = []
    ) throws(KernelError) -> Link {
        let (hook, remedy) = ("the route to \(route)", "run it on packets")
        let program = try attachable(to: hook, instead: remedy)
        var kernelPrograms: [KernelProgram] = []
        for other in others {
            kernelPrograms.append(try other.attachable(to: hook, instead: remedy))
        }
        return try program.attach(to: route, with: kernelPrograms)
    }
}
