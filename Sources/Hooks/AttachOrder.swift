import EBPFBytecode
public import EBPFKernel

/// Where among the programs of a hook a program is put: tcx, netkit and, since Linux 6.16, control
/// groups.
public struct AttachOrder: Sendable {
    /// A place in the order.
    public enum Position: Sendable {
        /// Before all others.
        case first
        /// After all others.
        case last
        /// Just before another.
        case before(Neighbour)
        /// Just after another.
        case after(Neighbour)
    }

    /// A program or link that is attached to the same hook.
    public enum Neighbour: Sendable {
        /// A program of this process.
        case program(KernelProgram)
        /// The program with a number.
        case programID(UInt32)
        /// A link that this process has opened.
        case link(OpenLink)
        /// The link with a number.
        case linkID(UInt32)
    }

    /// The place.
    public var position: Position
    /// The state of the hook that the place was chosen for (``AttachedPrograms/revision``): if it
    /// has changed since, attaching fails with `ESTALE`.
    public var expectedRevision: UInt64?

    /// A place in the order.
    public init(_ position: Position, expectedRevision: UInt64? = nil) {
        self.position = position
        self.expectedRevision = expectedRevision
    }

    /// Before all others.
    public static var first: AttachOrder { AttachOrder(.first) }
    /// After all others.
    public static var last: AttachOrder { AttachOrder(.last) }
    /// Just before another.
    public static func before(_ neighbour: Neighbour) -> AttachOrder {
        AttachOrder(.before(neighbour))
    }
    /// Just after another.
    public static func after(_ neighbour: Neighbour) -> AttachOrder {
        AttachOrder(.after(neighbour))
    }
}

extension AttachOrder {
    /// Puts the place into what `BPF_LINK_CREATE` or `BPF_PROG_ATTACH` takes.
    func write(to attributes: inout some OrderedAttributes) {
        let (before, after): (UInt32, UInt32) = (8, 16)
        switch position {
        case .first: attributes.flags |= before
        case .last: attributes.flags |= after
        case .before(let neighbour):
            attributes.flags |= before | neighbour.flags
            attributes.relative = neighbour.number
        case .after(let neighbour):
            attributes.flags |= after | neighbour.flags
            attributes.relative = neighbour.number
        }
        attributes.expectedRevision = expectedRevision ?? 0
    }
}

extension AttachOrder.Neighbour {
    /// `BPF_F_ID` and `BPF_F_LINK`.
    fileprivate var flags: UInt32 {
        let (byID, isLink): (UInt32, UInt32) = (1 << 5, 1 << 13)
        return switch self {
        case .program: 0
        case .programID: byID
        case .link: isLink
        case .linkID: isLink | byID
        }
    }

    /// A descriptor or a number.
    fileprivate var number: UInt32 {
        switch self {
        case .program(let program): program.number
        case .programID(let id), .linkID(let id): id
        case .link(let link): UInt32(bitPattern: link.descriptor.number)
        }
    }
}

/// Attributes with a place in an order.
protocol OrderedAttributes {
    var flags: UInt32 { get set }
    var relative: UInt32 { get set }
    var expectedRevision: UInt64 { get set }
}

extension OrderedLinkAttributes: OrderedAttributes {}
extension ProgramAttachAttributes: OrderedAttributes {}

extension KernelError {
    /// What is wrong with a place in the order of a hook; nothing if that is not it.
    func explainedOrder(hook: String) -> KernelError? {
        let stale: Int32 = 116
        var error = self
        switch errno {
        case KernelErrno(rawValue: stale):
            error.reason = "the programs on \(hook) have changed since they were listed"
            error.remedy = "list them again and choose the place anew"
        case .noEntry, .outOfRange:
            error.reason = "the neighbour is not attached to \(hook)"
            error.remedy = "list the programs there and choose one of them"
        case .exists:
            error.reason = "\(hook) already runs this program"
            error.remedy = "detach it there first"
        default: return nil
        }
        return error
    }
}
