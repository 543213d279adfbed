import EBPFKernel
import Synchronization

/// The program that an attachment runs, which may be exchanged.
final class CurrentProgram: Sendable {
    private let held: Mutex<KernelProgram>

    init(_ program: KernelProgram) { held = Mutex(program) }

    var program: KernelProgram {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}
