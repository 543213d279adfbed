import EBPFTypeFormat

/// The version of the running kernel as its programs see it (`LINUX_VERSION_CODE`).
struct VersionCode {
    /// Major, minor and patch level in one number; of the last no more than 255.
    let number: UInt32

    /// Reads the version.
    ///
    /// Distributions hide the patch level from uname(2): Ubuntu has a file of its own, and Debian
    /// puts it into the long version.
    init(system: SystemCalls) {
        func text(_ path: String) -> String { (try? system.text(of: path)) ?? "" }
        let ubuntu = text("/proc/version_signature").split(separator: " ").last ?? ""
        let words = text("/proc/sys/kernel/version").split(separator: " ")
        let debian = words.firstIndex(of: "Debian").map { words[($0 + 1)...].first ?? "" }
        let release = text("/proc/sys/kernel/osrelease")
        let candidates = [ubuntu, debian ?? "", release[...]]
        number = candidates.lazy.compactMap(Self.code).first ?? 0
    }

    /// Three numbers, or two, with anything behind them.
    private static func code(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", maxSplits: 2).map { part in
            UInt32(part.prefix { ("0"..."9").contains($0) })
        }
        guard parts.count >= 2, let major = parts[0], let minor = parts[1], major < 1 << 8
        else { return nil }
        let patch = parts.count > 2 ? parts[2] ?? 0 : 0
        return major << 16 | min(minor, 255) << 8 | min(patch, 255)
    }

    /// Whether system calls are functions of one argument, the registers
    /// (`CONFIG_ARCH_HAS_SYSCALL_WRAPPER`).
    static func hasWrappers(_ types: KernelTypes, _ system: SystemCalls) -> Bool {
        let names = ["x64", "arm64", "s390x", "riscv"].map { "__\($0)_sys_bpf" }
        if let kernel = try? types.vmlinux() {
            return names.contains { kernel.first(named: $0, kind: .function) != nil }
        }
        return (try? KernelSymbols(system: system))?.addresses(of: names).isEmpty == false
    }
}
