public import EBPFBytecode
public import EBPFKernel

/// How a program is attached to a control group.
public struct ControlGroupOptions: Sendable {
    /// Whether other programs may run at the same hook.
    public enum Sharing: Sendable {
        /// Others beside it, and those of groups below as well (`BPF_F_ALLOW_MULTI`); links are
        /// always so.
        case multiple
        /// It alone; a group below may put another in its place (`BPF_F_ALLOW_OVERRIDE`).
        case overridable
        /// It alone, in all groups below, too.
        case exclusive
    }

    /// The hook; `nil` for the one that the program was loaded for.
    public var attachType: AttachType?
    /// Where among the programs of the same hook and group it runs (Linux 6.17); after all others
    /// if not given.
    public var order: AttachOrder?
    /// Runs before the programs of the groups below instead of after them (`BPF_F_PREORDER`,
    /// Linux 6.15).
    public var runsBeforeDescendants: Bool
    /// Whether others may run at the same hook.
    public var sharing: Sharing
    /// A program whose place it takes (`BPF_F_REPLACE`, Linux 5.5); links are updated instead
    /// (``Link/update(to:expecting:)``).
    public var replaced: KernelProgram?

    /// After all others, at the hook that the program was loaded for.
    public init(
        attachType: AttachType? = nil, order: AttachOrder? = nil,
        runsBeforeDescendants: Bool = false, sharing: Sharing = .multiple,
        replacing replaced: KernelProgram? = nil
    ) {
        self.attachType = attachType
        self.order = order
        self.runsBeforeDescendants = runsBeforeDescendants
        self.sharing = sharing
        self.replaced = replaced
    }
}

extension ControlGroupOptions {
    /// Whether only `BPF_PROG_ATTACH` can do it.
    var excludesLinks: Bool { sharing != .multiple || replaced != nil }

    /// What both ways of attaching understand: the order.
    var ordered: OrderedLinkAttributes {
        var attributes = OrderedLinkAttributes()
        order?.write(to: &attributes)
        if runsBeforeDescendants { attributes.flags |= 1 << 6 }
        return attributes
    }
}

extension ControlGroupOptions.Sharing {
    /// The flags of a hook that is shared so (`BPF_F_ALLOW_…`).
    var flags: UInt32 {
        switch self {
        case .exclusive: 0
        case .overridable: 1 << 0
        case .multiple: 1 << 1
        }
    }

    /// What the flags of a hook mean.
    public init(flags: UInt32) {
        self =
            flags & Self.multiple.flags != 0
            ? .multiple : flags & Self.overridable.flags != 0 ? .overridable : .exclusive
    }

    /// The word for it in messages and output: "multi", "override", "exclusive".
    public var name: String {
        switch self {
        case .multiple: "multi"
        case .overridable: "override"
        case .exclusive: "exclusive"
        }
    }
}
