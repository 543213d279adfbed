import EBPFBytecode

/// Reads from addresses that may be wrong: `bpf_probe_read…` and `bpf_copy_from_user…`.
///
/// A user-space machine has one address space, the program's own: kernel and user addresses are the
/// same. A read that fails clears the destination and returns EFAULT; it never ends the program.
enum MemoryHelpers {
    static func install(in table: inout HelperTable) {
        for helper in [HelperID.probeRead, .probeReadUser, .probeReadKernel, .copyFromUser] {
            table[helper] = read
        }
        for helper in [HelperID.probeReadStr, .probeReadUserStr, .probeReadKernelStr] {
            table[helper] = readString
        }
        table[.copyFromUserTask] = readFromTask
        table[.probeWriteUser] = writeUser
        table.add(kernelFunction: "bpf_copy_from_user_str", copyString)
    }

    /// `long bpf_probe_read_kernel(dst, size, unsafe_ptr)`
    private static func read(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.first, size: .second)
        return unsafe read(call.third, into: target, call)
    }

    /// `long bpf_copy_from_user_task(dst, size, user_ptr, tsk, flags)`
    private static func readFromTask(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.first, size: .second)
        guard call.fifth == 0 else { return KernelErrno.invalidArgument.helperResult }
        return unsafe read(call.third, into: target, call)
    }

    private static func read(
        _ address: UInt64,
        into target: UnsafeMutableRawBufferPointer,
        _ call: HelperCall
    ) -> UInt64 {
        guard target.count > 0 else { return 0 }
        guard let source = unsafe call.machine.memory.readable(address, size: UInt64(target.count))
        else {
            unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
            return KernelErrno.badAddress.helperResult
        }
        unsafe target.copyMemory(
            from: UnsafeRawBufferPointer(start: source, count: target.count)
        )
        return 0
    }

    /// `long bpf_probe_read_kernel_str(dst, size, unsafe_ptr)`: returns the length with the zero
    /// byte; a string that is too long is cut, and still ends with one.
    private static func readString(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.first, size: .second)
        guard target.count > 0 else { return 0 }
        guard let string = call.machine.memory.string(at: call.third, limit: target.count - 1)
        else {
            unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
            return KernelErrno.badAddress.helperResult
        }
        unsafe target.copyBytes(from: string)
        unsafe target[string.count] = 0
        return UInt64(string.count + 1)
    }

    /// `int bpf_copy_from_user_str(dst, dst__sz, unsafe_ptr__ign, flags)`
    private static func copyString(_ call: HelperCall) throws(Fault) -> UInt64 {
        let padsWithZeros: UInt64 = 1
        guard call.fourth & ~padsWithZeros == 0
        else { return KernelErrno.invalidArgument.helperResult }
        let target = try unsafe call.writableBytes(.first, size: .second)
        guard target.count > 0 else { return 0 }
        guard let string = call.machine.memory.string(at: call.third, limit: target.count - 1)
        else {
            if call.fourth == padsWithZeros {
                unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
            }
            return KernelErrno.badAddress.helperResult
        }
        unsafe target.copyBytes(from: string)
        let end = call.fourth == padsWithZeros ? target.count : string.count + 1
        for index in string.count..<end { unsafe target[index] = 0 }
        return UInt64(string.count + 1)
    }

    /// `long bpf_probe_write_user(dst, src, len)`: there is no user's memory besides the program's.
    private static func writeUser(_ call: HelperCall) throws(Fault) -> UInt64 {
        call.reportUnavailable(.probeWriteUser, "no process has memory here; it returns EPERM")
        return KernelErrno.notPermitted.helperResult
    }
}
