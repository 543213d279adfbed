/// Sections in which objects that are being read stay alive.
public enum ReadSection {
    /// Does something in such a section (`bpf_rcu_read_lock`, Linux 6.2; sleepable programs need
    /// it).
    @inline(__always)
    public static func run(_ body: () -> Void) {
        lockForReading()
        body()
        unlockForReading()
    }
}

#if EBPF_KERNEL
@_extern(c, "bpf_rcu_read_lock") @usableFromInline
func lockForReading()
@_extern(c, "bpf_rcu_read_unlock") @usableFromInline
func unlockForReading()
#else
@usableFromInline
func lockForReading() {}
@usableFromInline
func unlockForReading() {}
#endif
