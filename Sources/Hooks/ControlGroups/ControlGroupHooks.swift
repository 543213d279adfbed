import EBPFBytecode
import EBPFKernel

extension HookForm {
    /// Control groups.
    static let controlGroups: [HookForm] = [
        HookForm(
            "cgroup", "DIRECTORY",
            [
                .cgroupSKB, .cgroupSocket, .cgroupSocketAddress, .cgroupSocketOption,
                .cgroupDevice, .cgroupSysctl, .socketOperations, .lsm,
            ], "what processes of a control group do"
        ) { program, path, _ throws(KernelError) in
            try program.attach(toControlGroup: path)
        }
    ]
}
