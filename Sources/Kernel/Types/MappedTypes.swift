import EBPFBytecode
import EBPFTypeFormat

/// The kernel's own type information, mapped: it cannot change while the kernel runs.
final class MappedTypes: TypeMemory {
    private let mapping: Mapping

    /// Maps a file of the kernel; `nil` where that is not possible, as before Linux 6.16.
    ///
    /// Only for files of `/sys/kernel/btf`: another's could become shorter.
    init?(_ path: String, _ system: SystemCalls) {
        guard let file = try? system.open(path), let start = try? file.read(count: 24),
            let count = BTF.byteCount(startingWith: start),
            let mapping = try? Mapping(file, count: count, isShared: false)
        else { return nil }
        self.mapping = mapping
    }

    /// The kernel has checked them when it started.
    var areChecked: Bool { true }

    var typeBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(mapping.bytes) }
}
