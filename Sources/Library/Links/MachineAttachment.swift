import EBPFBytecode
import EBPFExecution
import EBPFHooks
import EBPFKernel

/// An attachment to the machine of a user-space host.
///
/// It ends with its ``Link``; there is nothing that could outlive the process.
final class MachineAttachment: Attachment {
    let entry: HookEntry

    init(_ entry: HookEntry) { self.entry = entry }

    var hook: String { "\(entry.hook)" }

    func detach() { entry.detach() }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping the link to \(hook)", .operationNotSupported,
            reason: "it is in user space and ends with this process",
            remedy: "load the object with Host.kernel")
    }
}

extension UserSpaceProgram {
    /// Attaches the program to a place of its machine.
    func link(to hook: MachineHook, isFirst: Bool = false) throws(KernelError) -> Link {
        do throws(KernelErrno) {
            return Link(MachineAttachment(try attach(to: hook, isFirst: isFirst)))
        } catch {
            let others = host.programs(at: hook).map(\.name).joined(separator: ", ")
            throw KernelError(
                "attaching program \(name) to \(hook)", error,
                reason: error == .busy ? "it runs program \(others)" : nil,
                remedy: error == .busy
                    ? "detach that one, or exchange it by updating its link" : nil)
        }
    }
}
