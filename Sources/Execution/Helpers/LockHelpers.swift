import EBPFBytecode
import EBPFMachineCode
import EBPFMaps
import Synchronization

/// Spin locks inside map values, pointers kept in them, and what needs no lock here.
enum LockHelpers {
    static func install(in table: inout HelperTable) {
        table[.spinLock] = lock
        table[.spinUnlock] = unlock
        table[.kptrXchg] = exchangePointer
        // Maps keep what programs point to alive, and a program has its CPU for itself.
        for name in [
            "bpf_rcu_read_lock", "bpf_rcu_read_unlock", "bpf_preempt_disable", "bpf_preempt_enable",
        ] {
            table.add(kernelFunction: name) { _ in 0 }
        }
        for name in ["bpf_local_irq_save", "bpf_local_irq_restore"] {
            table.add(kernelFunction: name) { (call) throws(Fault) in
                _ = try unsafe call.writable(.first, size: 8)
                return 0
            }
        }
        table.add(kernelFunction: "bpf_res_spin_lock") { (call) throws(Fault) in
            guard call.machine.holdings.lock != call.first
            else { return KernelErrno.deadlock.helperResult }
            return try lock(call)
        }
        table.add(kernelFunction: "bpf_res_spin_unlock", unlock)
    }

    /// `void bpf_spin_lock(lock)`; waiting counts against the budget of the run.
    private static func lock(_ call: HelperCall) throws(Fault) -> UInt64 {
        let machine = call.machine
        guard machine.holdings.lock == nil else { throw .lockMisuse }
        let word = try unsafe call.mapValue(.first, size: 4, as: .lock)
        while unsafe !ValueLock.tryAcquire(at: word) {
            machine.budget &-= 1
            guard machine.budget >= 0 else { throw .budgetExhausted }
            yieldProcessor()
        }
        machine.holdings.lock = call.first
        return 0
    }

    /// `void bpf_spin_unlock(lock)`
    private static func unlock(_ call: HelperCall) throws(Fault) -> UInt64 {
        guard call.machine.holdings.lock == call.first else { throw .lockMisuse }
        let word = try unsafe call.mapValue(.first, size: 4, as: .lock)
        call.machine.holdings.lock = nil
        unsafe ValueLock.release(at: word)
        return 0
    }

    /// `void *bpf_kptr_xchg(dst, ptr)`: puts a pointer into a map value and returns the old one.
    private static func exchangePointer(_ call: HelperCall) throws(Fault) -> UInt64 {
        let place = try unsafe call.mapValue(.first, size: 8, as: .writableMemory)
        return unsafe UInt64.apply(.exchange, call.second, at: place)
    }
}

extension HelperCall {
    /// Aligned memory inside a map value.
    func mapValue(
        _ argument: Argument,
        size: Int,
        as requirement: Fault.ArgumentRequirement
    ) throws(Fault) -> UnsafeMutableRawPointer {
        let address = self[argument]
        guard address >> 32 >= UInt64(Address.firstMapRegion),
            address.isMultiple(of: UInt64(min(size, 8))),
            let place = unsafe machine.memory.writable(address, size: UInt64(size))
        else { throw .badArgument(argument.rawValue, requirement) }
        return unsafe place
    }
}
