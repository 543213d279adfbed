import EBPFExecution
import EBPFKernel

/// Where programs run: in this process, or in the Linux kernel.
public struct Host: Sendable {
    enum Kind: Sendable {
        case userSpace(UserSpaceHost)
        case kernel(KernelHost)
    }

    let kind: Kind

    /// This process: no root, no kernel.
    public static var userSpace: Host { Host(kind: .userSpace(UserSpaceHost())) }
    /// The kernel that this process runs on.
    public static var kernel: Host { Host(kind: .kernel(KernelHost())) }
}
