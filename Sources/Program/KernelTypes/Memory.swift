/// Memory that a program may not touch itself: the kernel reads it, and says if it could not.
public enum KernelMemory {
    /// A value in the kernel's memory; `nil` if it cannot be read (`bpf_probe_read_kernel`,
    /// Linux 5.5).
    @inline(__always)
    public static func read<Value: BitwiseCopyable>(
        _ address: UInt, as _: Value.Type = Value.self
    ) -> Value? {
        filled {
            Helpers.probeReadKernel(
                $0, UInt32(truncatingIfNeeded: MemoryLayout<Value>.size), address)
        }
    }
}

/// The memory of the process that runs.
public enum UserMemory {
    /// A value in the process's memory; `nil` if it cannot be read (`bpf_probe_read_user`,
    /// Linux 5.5).
    @inline(__always)
    public static func read<Value: BitwiseCopyable>(
        _ address: UInt, as _: Value.Type = Value.self
    ) -> Value? {
        filled {
            Helpers.probeReadUser(
                $0, UInt32(truncatingIfNeeded: MemoryLayout<Value>.size), address)
        }
    }

    /// Writes a value into the process's memory (`bpf_probe_write_user`); returns whether it could
    /// be written. The kernel warns of programs that use this.
    @inline(__always)
    public static func write<Value: BitwiseCopyable>(_ value: Value, to address: UInt) -> Bool {
        var value = value
        return Helpers.probeWriteUser(
            address, &value, UInt32(truncatingIfNeeded: MemoryLayout<Value>.size)) == 0
    }
}
