import EBPFBytecode

extension HelperTable {
    /// Linux's helpers, as far as they make sense outside of a kernel.
    ///
    /// The others return what the kernel returns where the feature is missing, and the host's log
    /// says so once.
    static let standard: HelperTable = {
        var table = HelperTable(count: Helper.all.count + 1) { _ in
            { _ in KernelErrno.invalidArgument.helperResult }
        }
        ExternalHelpers.install(in: &table)
        MapHelpers.install(in: &table)
        ControlHelpers.install(in: &table)
        TimeHelpers.install(in: &table)
        PacketHelpers.install(in: &table)
        IdentityHelpers.install(in: &table)
        MemoryHelpers.install(in: &table)
        StringHelpers.install(in: &table)
        PrintHelpers.install(in: &table)
        TracingHelpers.install(in: &table)
        EventHelpers.install(in: &table)
        RingBufferHelpers.install(in: &table)
        DynptrHelpers.install(in: &table)
        LockHelpers.install(in: &table)
        TimerHelpers.install(in: &table)
        IteratorFunctions.install(in: &table)
        StringFunctions.install(in: &table)
        ProgramFunctions.install(in: &table)
        PacketFunctions.install(in: &table)
        table.finish()
        return table
    }()
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

    /// Runs an iteration that calls back into the program; the number of visits, or the kernel's
    /// error number. A fault in a callback ends the run.
    func visits(_ body: () throws -> Int) throws(Fault) -> UInt64 {
        do {
            return UInt64(try body())
        } catch let fault as Fault {
            throw fault
        } catch let error as KernelErrno {
            return error.helperResult
        } catch {
            return KernelErrno.invalidArgument.helperResult
        }
    }
}
