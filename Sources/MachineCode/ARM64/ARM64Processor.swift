#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What an arm64 processor has beyond the first of them.
enum ARM64Processor {
    /// Whether this machine's has atomic instructions (`FEAT_LSE`), which the back end uses.
    static let hasAtomics: Bool = {
        #if canImport(Darwin)
        return true
        #else
        return hardwareBits & (1 << 8) != 0
        #endif
    }()

    /// What Linux says about the processor: the entry `AT_HWCAP`, 16, of the auxiliary vector
    /// (`getauxval(3)`); of arm64, bit 8 is `HWCAP_ATOMICS`.
    private static var hardwareBits: UInt64 {
        let file = unsafe open("/proc/self/auxv", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var words = Array(repeating: UInt64(0), count: 128)
        let byteCount = unsafe read(file, &words, words.count * 8)
        for entry in stride(from: 0, to: max(0, byteCount / 8 - 1), by: 2) where words[entry] == 16
        {
            return words[entry + 1]
        }
        return 0
    }
}
