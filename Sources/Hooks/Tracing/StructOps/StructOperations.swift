import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

extension KernelObject {
    /// Registers a map of operations (`struct_ops`) with the kernel's subsystem it is for: a way to
    /// control congestion, a scheduler.
    ///
    /// - Parameter name: the map's name, that of the variable in `.struct_ops.link` or
    ///   `.struct_ops`.
    /// - Throws: ``KernelError``; `EEXIST` if the subsystem has one of that name.
    public func attachStructOperations(_ name: String) throws(KernelError) -> Link {
        guard let map = maps[name] else {
            throw KernelError(
                "attaching \(name)", .noEntry, reason: "the object has no such map",
                remedy: Spelling.closest(to: name, among: maps.keys).map { "did you mean \($0)?" })
        }
        guard let value = structOperations[name] else { return try map.attachStructOperations() }
        return try map.attachStructOperations(value: value)
    }
}

extension KernelMap {
    /// Fills the map with operations, which registers them, and makes a link if the map is for one.
    ///
    /// A map can be filled once; another attachment of the same map uses what is there.
    ///
    /// - Parameter value: as the kernel lays it out, with the descriptors of programs.
    /// - Throws: ``KernelError``; `EEXIST` if the subsystem has one of that name.
    func attachStructOperations(value: [UInt8]) throws(KernelError) -> Link {
        do throws(KernelError) {
            try update(StructOperationsAttachment.key, value)
        } catch {
            guard error.errno == .busy, shape.flags.contains(.link) else {
                throw StructOperationsAttachment.explained(error, self)
            }
        }
        guard shape.flags.contains(.link) else { return Link(StructOperationsAttachment(self)) }
        return try attachStructOperations()
    }

    /// Registers the operations in this map, which are complete (`struct_ops`).
    ///
    /// - Throws: ``KernelError``; `EINVAL` for maps without `BPF_F_LINK`, which are registered as
    ///   soon as they are filled, and for those that are not filled.
    public func attachStructOperations() throws(KernelError) -> Link {
        let hook = "struct_ops \(shape.name)"
        guard shape.type == .structOperations else {
            throw KernelError(
                "attaching map \(shape.name)", .invalidArgument,
                reason: "it is a map of type \(shape.type.name)",
                remedy: "only struct_ops maps are attached")
        }
        var attributes = LinkCreateAttributes()
        attributes.program = UInt32(bitPattern: descriptor.number)
        attributes.attachType = AttachType.structOperations.rawValue
        do throws(KernelErrno) {
            let link = try descriptor.system.openBPF(.linkCreate, &attributes)
            return Link(BPFLink(owning: link, hook: hook))
        } catch {
            let isUnfit = error == .invalidArgument
            throw KernelError(
                "attaching \(hook)", error,
                reason: isUnfit ? "it was made without BPF_F_LINK, or is not filled" : nil,
                remedy: isUnfit ? "put it into the section .struct_ops.link" : nil)
        }
    }
}
