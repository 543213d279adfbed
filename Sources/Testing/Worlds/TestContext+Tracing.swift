import EBPFBytecode
public import EBPFProgram

extension TestContext where Context == RegistersContext {
    /// The registers at the beginning of a function (`kprobe`, `uprobe`), or at its end with what
    /// it returned.
    ///
    /// - Parameter arguments: six at most on x86-64, eight on arm64.
    public static func call(arguments: [UInt] = [], returning result: UInt = 0) -> Self {
        #if arch(arm64)
        var registers = [UInt](repeating: 0, count: 34)
        for (index, argument) in arguments.prefix(8).enumerated() { registers[index] = argument }
        if arguments.isEmpty { registers[0] = result }
        #else
        // `struct pt_regs`: di, si, dx, cx, r8, r9.
        var registers = [UInt](repeating: 0, count: 21)
        for (argument, place) in zip(arguments, [14, 13, 12, 11, 9, 8]) {
            registers[place] = argument
        }
        registers[10] = result
        #endif
        return Self(bytes: registers.flatMap { field($0) })
    }
}

extension TestContext where Context == PerfEventContext {
    /// A sample of an event (`perf_event`).
    public static func sample(period: UInt64 = 1, address: UInt64 = 0) -> Self {
        let registers = TestContext<RegistersContext>.call().bytes
        return Self(
            bytes: registers + field(period) + field(address))
    }
}

extension TestContext where Context == DeviceContext {
    /// What a process wants to do with a device file (`cgroup/dev`).
    ///
    /// - Parameters:
    ///   - isBlock: a block device; otherwise a character device.
    ///   - rights: 1 to make it, 2 to read, 4 to write.
    public static func device(
        major: UInt32, minor: UInt32, isBlock: Bool = false, rights: UInt32 = 2
    ) -> Self {
        Self(
            .bpfCgroupDevCtx,
            [
                ("access_type", field(rights << 16 | (isBlock ? 1 : 2) as UInt32)),
                ("major", field(major)),
                ("minor", field(minor)),
            ])
    }
}

extension TestContext where Context == SysctlContext {
    /// A setting that a process reads or writes (`cgroup/sysctl`).
    public static func setting(isWrite: Bool, position: UInt32 = 0) -> Self {
        Self(
            .bpfSysctl,
            [("write", field(isWrite ? 1 : 0 as UInt32)), ("file_pos", field(position))])
    }
}
