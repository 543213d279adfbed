import EBPFBytecode
public import EBPFKernel

/// Operations that were registered by filling their map, without a link.
///
/// They stay registered, whoever holds the map, until its only key is removed.
final class StructOperationsAttachment: Attachment {
    /// The only key of such a map.
    static let key: [UInt8] = [0, 0, 0, 0]

    let hook: String
    private let map: KernelMap

    init(_ map: KernelMap) {
        self.map = map
        hook = "struct_ops \(map.shape.name)"
    }

    func detach() throws(KernelError) { try map.unregisterStructOperations() }

    /// Pins the map, by which the operations can be found and ended.
    func persist(at path: String) throws(KernelError) {
        try map.descriptor.pin(at: path, "keeping \(hook)")
    }

    /// Why a subsystem does not take operations.
    static func explained(_ error: KernelError, _ map: KernelMap) -> KernelError {
        var error = error
        switch error.errno {
        case .exists:
            error.reason = "the subsystem has operations of that name already"
            error.remedy =
                "give them another name, or unregister the others: "
                + "`ebpf struct-ops list`"
        case .busy:
            error.reason = "\(map) is registered, or was: it can be filled once"
            error.remedy = "load the object again"
        case .invalidArgument:
            error.reason = "the subsystem refuses them: a member may be missing"
        default: break
        }
        return error
    }
}

extension KernelMap {
    /// Ends the registration of operations that have no link, whoever made it.
    ///
    /// - Throws: ``KernelError``; `ENOENT` if they are not registered, `EOPNOTSUPP` for maps whose
    ///   links hold them.
    public func unregisterStructOperations() throws(KernelError) {
        guard try remove(StructOperationsAttachment.key) else {
            throw KernelError(
                "unregistering \(self)", .noEntry, reason: "it is not registered")
        }
    }
}
