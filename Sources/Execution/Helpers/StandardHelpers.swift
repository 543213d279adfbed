import EBPFBytecode

extension HelperTable {
    /// Linux's helpers, as far as they make sense outside of a kernel.
    ///
    /// The others return what the kernel returns where the feature is missing, and the host's log
    /// says so once.
    static let standard: HelperTable = {
        var table = HelperTable(count: helperNumberCount, missing: unavailable)
        MapHelpers.install(in: &table)
        ControlHelpers.install(in: &table)
        TimeHelpers.install(in: &table)
        PacketHelpers.install(in: &table)
        return table
    }()

    /// One more than the highest helper of Linux 6.18 (`bpf_cgrp_storage_delete`).
    private static let helperNumberCount = 212

    private static func unavailable(_ number: Int) -> HelperBody {
        { call in
            call.machine.host.reportOnce(
                "helper \(number) does not work in user space; it returns EOPNOTSUPP",
                key: "helper \(number)")
            return KernelErrno.operationNotSupported.helperResult
        }
    }
}

extension HelperCall {
    /// Runs an operation that fails with the kernel's numbers; the result as a program sees it.
    @inline(__always)
    func result(_ body: () throws(KernelErrno) -> Void) -> UInt64 {
        do throws(KernelErrno) {
            try body()
            return 0
        } catch {
            return error.helperResult
        }
    }
}
