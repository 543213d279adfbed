import EBPFBytecode

/// The processors of this machine.
public enum CPUs {
    /// How many there may ever be: per-CPU maps have a value for each
    /// (`/sys/devices/system/cpu/possible`).
    public static func possibleCount(
        _ system: SystemCalls = .linux
    ) throws(KernelError) -> Int {
        let path = "/sys/devices/system/cpu/possible"
        let text = try attempting("counting processors in \(path)") { () throws(KernelErrno) in
            try system.text(of: path)
        }
        return count(inList: text)
    }

    /// The length of a list such as `0-3,8`, up to its greatest number.
    static func count(inList text: String) -> Int {
        let numbers = text.split { $0 == "," || $0 == "-" }.compactMap { Int($0) }
        return min((numbers.max() ?? 0), 1 << 20) + 1
    }
}
