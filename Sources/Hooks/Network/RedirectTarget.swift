import EBPFBytecode
public import EBPFKernel

/// Where a device map or a CPU map sends packets, and the XDP program that sees them there.
public struct RedirectTarget: Hashable, Sendable {
    /// A device map: the number of the interface. A CPU map: how many packets may wait for the CPU.
    public let number: UInt32
    /// The number of the program that runs there; `nil` for none.
    public let program: UInt32?

    /// A place and a program.
    public init(number: UInt32, program: UInt32? = nil) {
        self.number = number
        self.program = program
    }
}

extension KernelMap {
    /// Sends packets that are redirected to an entry of a device map out by an interface
    /// (`struct bpf_devmap_val`).
    ///
    /// - Parameters:
    ///   - program: runs on them first; loaded for `xdp/devmap` (Linux 5.8).
    /// - Throws: ``KernelError``.
    public func redirect(
        _ key: UInt32, to interface: InterfaceReference, program: KernelProgram? = nil
    ) throws(KernelError) {
        try require([.deviceMap, .deviceMapHash], "a device map")
        let interface = try NetworkInterface.find(interface, system: descriptor.system)
        try program?.requireLoaded(for: [.xdpDeviceMap], hook: "an entry of \(self)")
        try set(key, interface.index, program)
    }

    /// Sends packets that are redirected to an entry of a CPU map to that CPU
    /// (`struct bpf_cpumap_val`).
    ///
    /// - Parameters:
    ///   - queue: how many packets may wait there.
    ///   - program: runs on them first; loaded for `xdp/cpumap` (Linux 5.9).
    /// - Throws: ``KernelError``.
    public func redirect(
        toCPU key: UInt32, queue: UInt32, program: KernelProgram? = nil
    ) throws(KernelError) {
        try require([.cpuMap], "a CPU map")
        try program?.requireLoaded(for: [.xdpCPUMap], hook: "an entry of \(self)")
        try set(key, queue, program)
    }

    /// Where an entry of a device map or a CPU map sends packets; `nil` if it is empty.
    ///
    /// - Throws: ``KernelError``.
    public func redirectTarget(_ key: UInt32) throws(KernelError) -> RedirectTarget? {
        try require([.deviceMap, .deviceMapHash, .cpuMap], "a device map or a CPU map")
        guard let value = try value(of: key.hostBytes),
            let number: UInt32 = value[...].number(at: 0)
        else { return nil }
        let program: UInt32 = value[...].number(at: 4) ?? 0
        return RedirectTarget(number: number, program: program == 0 ? nil : program)
    }

    private func set(
        _ key: UInt32, _ number: UInt32, _ program: KernelProgram?
    ) throws(KernelError) {
        var value = number.hostBytes
        if shape.valueSize >= 8 {
            value += (program?.descriptor.number ?? -1).hostBytes
        } else if let program {
            throw KernelError(
                "setting entry \(key) of \(self)", .invalidArgument,
                reason: "its values have no room for \(program)",
                remedy: "create it with values of 8 bytes")
        }
        try update(key.hostBytes, value)
    }

    private func require(_ types: [MapType], _ kind: String) throws(KernelError) {
        guard !types.contains(shape.type) else { return }
        throw KernelError(
            "redirecting by \(self)", .invalidArgument,
            reason: "it is of the type \(shape.type.name), not \(kind)")
    }
}
