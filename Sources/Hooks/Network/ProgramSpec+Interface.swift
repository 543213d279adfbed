import EBPFBytecode
public import EBPFKernel
public import EBPFObjectFile

extension ProgramSpec {
    /// Whether it asks what the hardware knows of a packet (`bpf_xdp_metadata_…`), which only
    /// programs for one interface may.
    public var needsInterface: Bool {
        references.contains { reference in
            guard case .kernelFunction(let name, _, _) = reference.target else { return false }
            return name.hasPrefix("bpf_xdp_metadata_")
        }
    }

    /// Makes it a program for one interface alone, before it is loaded
    /// (`BPF_F_XDP_DEV_BOUND_ONLY`, Linux 6.3).
    ///
    /// It can be attached only there then, and ask what the hardware knows of packets.
    ///
    /// - Throws: ``KernelError``, `ENODEV` if there is no such interface.
    public mutating func bind(
        to interface: InterfaceReference, system: SystemCalls = .linux
    ) throws(KernelError) {
        self.interface = try NetworkInterface.find(interface, system: system).index
        flags.insert(.deviceBound)
    }
}
