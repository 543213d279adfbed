import EBPFBytecode

// The values of single processors in per-CPU maps.

extension KernelMap {
    /// The values of a key, one for each possible CPU.
    ///
    /// - Returns: ``valuesPerKey`` values, or `nil` if the key is not there.
    /// - Throws: ``KernelError``.
    public func values(of key: [UInt8]) throws(KernelError) -> [[UInt8]]? {
        guard let all = try value(of: key) else { return nil }
        let (size, step) = (Int(shape.valueSize), all.count / valuesPerKey)
        return (0..<valuesPerKey).map { Array(all[($0 * step)..<($0 * step + size)]) }
    }

    /// Sets the same value for all CPUs.
    ///
    /// - Parameter value: `shape.valueSize` bytes.
    /// - Throws: ``KernelError``.
    public func update(_ key: [UInt8], onAllCPUs value: [UInt8]) throws(KernelError) {
        try requireValueOfOneCPU(value)
        let padding = [UInt8](repeating: 0, count: valueByteCount / valuesPerKey - value.count)
        let values = (0..<valuesPerKey).flatMap { _ in value + padding }
        try update(key, values)
    }

    /// Sets the value of one CPU and leaves the others (`BPF_F_CPU`).
    ///
    /// - Parameter value: `shape.valueSize` bytes.
    /// - Throws: ``KernelError``: `EINVAL` where the kernel has no such flag (before Linux 7.0): to
    ///   write all values back would undo what programs on the others count meanwhile.
    public func update(_ key: [UInt8], _ value: [UInt8], onCPU cpu: Int) throws(KernelError) {
        try requireValueOfOneCPU(value)
        guard cpu >= 0, cpu < valuesPerKey else {
            throw KernelError(
                "updating \(self)", .outOfRange, reason: "there are \(valuesPerKey) CPUs")
        }
        let ofOneCPU: UInt64 = 8
        do throws(KernelError) {
            try updateOneCPU(key, value, flags: ofOneCPU | UInt64(cpu) << 32)
        } catch {
            guard error.errno == .invalidArgument else { throw error }
            throw KernelError(
                error.action, error.errno,
                reason: "this kernel sets the values of all CPUs only together (no BPF_F_CPU)")
        }
    }

    private func requireValueOfOneCPU(_ value: [UInt8]) throws(KernelError) {
        guard shape.type.isPerCPU, value.count == Int(shape.valueSize) else {
            throw KernelError(
                "updating \(self)", .invalidArgument,
                reason: shape.type.isPerCPU
                    ? "a value has \(shape.valueSize) bytes, not \(value.count)"
                    : "it has no values for each CPU")
        }
    }
}
