import EBPFBytecode
import EBPFMaps

/// Who runs the program, and where: the process, its user, its cgroup, its CPU.
///
/// ``ProcessIdentity`` says who. The identity's cgroup is a child of the root (id 1), unless it is
/// the root itself.
enum IdentityHelpers {
    static func install(in table: inout HelperTable) {
        table[.getCurrentPidTgid] = { call in
            let process = call.machine.process
            return UInt64(process.process) << 32 | UInt64(process.thread)
        }
        table[.getCurrentUidGid] = { call in
            let process = call.machine.process
            return UInt64(process.group) << 32 | UInt64(process.user)
        }
        table[.getCurrentComm] = command
        table[.getCurrentTask] = { _ in MachineObject.task.address }
        table[.getCurrentTaskBtf] = { _ in MachineObject.task.address }
        // The address of the registers that the task had in user mode: a part of the task's zeros.
        table[.taskPtRegs] = { _ in MachineObject.registers.address }
        table[.getCurrentCgroupId] = { call in call.machine.process.cgroup }
        table[.getCurrentAncestorCgroupId] = ancestor
        table[.currentTaskUnderCgroup] = isUnderCgroup
        table[.getNsCurrentPidTgid] = identityInNamespace
        table[.getSmpProcessorId] = { call in UInt64(call.machine.cpu) }
        table[.getNumaNodeId] = { _ in 0 }
        table[.sendSignal] = signal(.sendSignal)
        table[.sendSignalThread] = signal(.sendSignalThread)
    }

    /// The id of the root cgroup.
    private static let rootCgroup: UInt64 = 1

    /// `long bpf_get_current_comm(buf, size_of_buf)`
    private static func command(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.first, size: .second)
        guard target.count > 0 else { return 0 }
        // A task's name has at most 15 bytes.
        let name = call.machine.process.command.utf8.prefix(min(15, target.count - 1))
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe target.copyBytes(from: name)
        return 0
    }

    /// `u64 bpf_get_current_ancestor_cgroup_id(ancestor_level)`
    private static func ancestor(_ call: HelperCall) throws(Fault) -> UInt64 {
        let cgroup = call.machine.process.cgroup
        switch Int32(truncatingIfNeeded: call.first) {
        case 0: return rootCgroup
        case 1: return cgroup == rootCgroup ? 0 : cgroup
        default: return 0
        }
    }

    /// `long bpf_current_task_under_cgroup(map, index)`: no cgroup can be put into the array here.
    private static func isUnderCgroup(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        guard UInt32(truncatingIfNeeded: call.second) < UInt32(clamping: map.definition.maxEntries)
        else { return KernelErrno.tooBig.helperResult }
        call.reportUnavailable(.currentTaskUnderCgroup, "there are no cgroups; it returns EAGAIN")
        return KernelErrno.tryAgain.helperResult
    }

    /// `long bpf_get_ns_current_pid_tgid(dev, ino, nsdata, size)`: the host has one namespace, which
    /// answers to every name.
    private static func identityInNamespace(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.third, size: .fourth)
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        guard target.count == 8 else { return KernelErrno.invalidArgument.helperResult }
        let process = call.machine.process
        unsafe target.storeBytes(of: process.thread, as: UInt32.self)
        unsafe target.storeBytes(of: process.process, toByteOffset: 4, as: UInt32.self)
        return 0
    }

    /// `long bpf_send_signal(sig)`: a program in this process must not stop it.
    private static func signal(_ helper: HelperID) -> HelperBody {
        { call in
            guard (1...64).contains(UInt32(truncatingIfNeeded: call.first))
            else { return KernelErrno.invalidArgument.helperResult }
            call.reportUnavailable(helper, "signals are not sent; it returns EPERM")
            return KernelErrno.notPermitted.helperResult
        }
    }
}

/// Objects of the kernel that programs get addresses of: memory that reads as zeros.
///
/// Their fields' places are a kernel's business, so there is nothing better to show than nothing; a
/// pointer taken from them is null, as programs must expect anyway.
enum MachineObject: Int {
    case task = 0
    case registers = 0x4000

    /// The size of the region that holds them.
    static let byteCount = 0x8000

    /// The object's address.
    var address: UInt64 { Address.start(ofRegion: Address.objectRegion) + UInt64(rawValue) }
}
