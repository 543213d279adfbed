import EBPFBytecode
public import EBPFKernel
import EBPFMaps

/// A map of places that XDP programs send packets to.
public protocol RedirectTargets: TypedMap {}

extension RedirectTargets {
    /// An index or a number of one's choice.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// What values are, the kernel decides.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }

    /// Sets the first word of a value and, in the second, the program that runs there.
    func set(
        _ key: UInt32, _ word: UInt32, _ program: XDPProgram?, flags: UpdateFlags = .any
    ) throws(KernelError) {
        var value = AnyMap.bytes(word)
        if let program {
            guard map.valueSize >= 8 else {
                throw KernelError(
                    "updating \(map)", .invalidArgument,
                    reason: "its values of \(map.valueSize) bytes have no room for a program",
                    remedy: "declare the value as struct bpf_devmap_val or bpf_cpumap_val")
            }
            guard let kernelProgram = program.program.kernelProgram, map.kernelMap != nil else {
                throw KernelError(
                    "updating \(map)", .operationNotSupported,
                    reason: "programs behind a redirect run only in the kernel",
                    remedy: "leave the program out, or load the object with Host.kernel")
            }
            value += AnyMap.bytes(kernelProgram.descriptor.number)
        }
        value += Array(repeating: 0, count: max(0, map.valueSize - value.count))
        try map.update(AnyMap.bytes(key), Array(value.prefix(map.valueSize)), flags: flags)
    }

    /// The first word of a value.
    func word(_ key: UInt32) throws(KernelError) -> UInt32? {
        try map.value(of: AnyMap.bytes(key)).map(AnyMap.number)
    }

    /// The keys that have a value.
    ///
    /// - Throws: ``KernelError``.
    public func keys() throws(KernelError) -> [Int] {
        var keys: [Int] = []
        for key in try map.walkedKeys().keys where try map.value(of: key) != nil {
            keys.append(Int(AnyMap.number(key)))
        }
        return keys
    }
}
