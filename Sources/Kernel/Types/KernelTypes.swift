import EBPFBytecode
public import EBPFTypeFormat
import Synchronization

/// The type information of the running kernel and its modules, read when it is first asked for.
public final class KernelTypes: Sendable {
    /// That of the kernel this process runs on.
    public static let shared = KernelTypes(system: .linux)

    private let system: SystemCalls
    private let cached = Mutex<BTF?>(nil)

    /// Type information found through a system; nothing is read yet.
    public init(system: SystemCalls) { self.system = system }

    /// Whether the kernel shows its types (`CONFIG_DEBUG_INFO_BTF`).
    public static var areReadable: Bool { SystemCalls.linux.exists(path) }

    /// The kernel's own types.
    ///
    /// - Throws: ``KernelError`` if the kernel does not show them, `BTFError` if it shows nonsense.
    public func vmlinux() throws -> BTF {
        try cached.withLock { cached in
            if let cached { return cached }
            let bytes = try attempting("reading \(Self.path)") { () throws(KernelErrno) in
                try system.contents(of: Self.path)
            }
            let types = try BTF(bytes)
            cached = types
            return types
        }
    }

    private static let path = "/sys/kernel/btf/vmlinux"
}
