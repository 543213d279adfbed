import EBPFBytecode
import EBPFKernel

/// What traffic control on an interface is asked for (`RTM_…QDISC`, `RTM_…TFILTER`).
struct TrafficControl: Sendable {
    let interface: NetworkInterface
    let system: SystemCalls

    private static let kind: UInt16 = 1
    private static let options: UInt16 = 2
    private static let clsact = (parent: UInt32(0xffff_fff1), handle: UInt32(0xffff_0000))

    /// Makes the queueing discipline below which programs see all packets, if there is none.
    ///
    /// - Returns: whether it was made.
    func makeClsact() throws(KernelError) -> Bool {
        let newDiscipline: UInt16 = 36
        var attributes = NetlinkAttributes()
        attributes.add(Self.kind, "clsact")
        let request = NetlinkMessage(
            newDiscipline, [.create, .exclusive],
            header: header(handle: Self.clsact.handle, parent: Self.clsact.parent), attributes)
        do throws(KernelError) {
            try perform(request, "making clsact on \(interface)")
            return true
        } catch {
            guard error.errno == .exists else { throw error }
            return false
        }
    }

    /// Removes it again if no program is left below it.
    func removeEmptyClsact() throws(KernelError) {
        for direction in [TrafficDirection.ingress, .egress] {
            guard try !hasFilters(direction) else { return }
        }
        let deleteDiscipline: UInt16 = 37
        let request = NetlinkMessage(
            deleteDiscipline, header: header(handle: Self.clsact.handle, parent: Self.clsact.parent)
        )
        try perform(request, "removing clsact from \(interface)")
    }

    /// Adds or replaces a filter, and tells what was made of it.
    func set(
        _ program: KernelProgram, _ options: TrafficFilterOptions, replace: Bool
    ) throws(KernelError) -> TrafficFilter? {
        let newFilter: UInt16 = 44
        let (descriptor, name, flags): (UInt16, UInt16, UInt16) = (6, 7, 8)
        var attributes = NetlinkAttributes()
        attributes.add(Self.kind, "bpf")
        attributes.nest(Self.options) { nested in
            nested.add(descriptor, program.descriptor.number)
            nested.add(name, program.name.isEmpty ? "bpf" : program.name)
            if options.isDirectAction { nested.add(flags, UInt32(1)) }
        }
        let request = NetlinkMessage(
            newFilter, replace ? [.create, .echo] : [.create, .exclusive, .echo],
            header: header(
                handle: options.handle, parent: options.direction.handle,
                info: Self.info(options.priority, options.protocolNumber)), attributes)
        return try perform(request, "attaching \(program) to \(hook(options.direction))")
            .compactMap { filter($0, options.direction) }.last
    }

    /// Removes a filter.
    func remove(_ filter: TrafficFilter) throws(KernelError) {
        let deleteFilter: UInt16 = 45
        var attributes = NetlinkAttributes()
        attributes.add(Self.kind, "bpf")
        let request = NetlinkMessage(
            deleteFilter,
            header: header(
                handle: filter.handle, parent: filter.direction.handle,
                info: Self.info(filter.priority, filter.protocolNumber)), attributes)
        try perform(request, "detaching from \(hook(filter.direction))")
    }

    /// The programs in a direction, in the order in which they run.
    func filters(_ direction: TrafficDirection) throws(KernelError) -> [TrafficFilter] {
        try messages(direction).compactMap { filter($0, direction) }
            .sorted { ($0.priority, $0.handle) < ($1.priority, $1.handle) }
    }

    /// Where filters may be: below `clsact`, below other queueing disciplines and their classes.
    func directions() throws(KernelError) -> [TrafficDirection] {
        let (getDiscipline, getClass): (UInt16, UInt16) = (38, 42)
        var handles: [UInt32] = []
        var hasClsact = false
        for getter in [getDiscipline, getClass] {
            let request = NetlinkMessage(getter, .dump, header: header(handle: 0, parent: 0))
            // Not all kernels can be asked for one interface only: others' are left out here.
            for message in try perform(request, "listing traffic control of \(interface)") {
                guard message.body.number(at: 4) == interface.index,
                    let handle: UInt32 = message.body.number(at: 8)
                else { continue }
                let isClsact = handle == Self.clsact.handle
                hasClsact = hasClsact || isClsact
                if handle != 0, !isClsact { handles.append(handle) }
            }
        }
        return (hasClsact ? [.ingress, .egress] : []) + handles.map { .parent($0) }
    }

    /// Whether there are filters, of whatever kind.
    private func hasFilters(_ direction: TrafficDirection) throws(KernelError) -> Bool {
        try !messages(direction).isEmpty
    }

    private func messages(_ direction: TrafficDirection) throws(KernelError) -> [NetlinkMessage] {
        let getFilter: UInt16 = 46
        let request = NetlinkMessage(
            getFilter, .dump, header: header(handle: 0, parent: direction.handle))
        do throws(KernelError) {
            return try perform(request, "listing filters on \(hook(direction))")
        } catch {
            // Without the parent there are no filters.
            guard error.errno == .invalidArgument || error.errno == .noEntry else { throw error }
            return []
        }
    }

    /// What messages call the place.
    func hook(_ direction: TrafficDirection) -> String { "tc \(direction) of \(interface)" }

    // MARK: Messages

    @discardableResult
    private func perform(
        _ request: NetlinkMessage, _ action: @autoclosure () -> String
    ) throws(KernelError) -> [NetlinkMessage] {
        var socket = try NetlinkSocket(system: system)
        return try socket.perform(request, action())
    }

    /// `struct tcmsg`.
    private func header(handle: UInt32, parent: UInt32, info: UInt32 = 0) -> [UInt8] {
        [0, 0, 0, 0] + interface.index.hostBytes + handle.hostBytes + parent.hostBytes
            + info.hostBytes
    }

    /// The priority, and the protocol in network byte order.
    private static func info(_ priority: UInt16, _ protocolNumber: UInt16) -> UInt32 {
        UInt32(priority) << 16 | UInt32(protocolNumber.bigEndian)
    }

    private func filter(
        _ message: NetlinkMessage, _ direction: TrafficDirection
    ) -> TrafficFilter? {
        let (newFilter, headerSize): (UInt16, Int) = (44, 20)
        let (name, flags, id): (UInt16, UInt16, UInt16) = (7, 8, 11)
        let values = message.values(after: headerSize)
        guard message.type == newFilter, values.text(Self.kind) == "bpf",
            let handle: UInt32 = message.body.number(at: 8),
            let info: UInt32 = message.body.number(at: 16),
            let program: UInt32 = values.nested(Self.options).number(id)
        else { return nil }
        let options = values.nested(Self.options)
        return TrafficFilter(
            direction: direction, priority: UInt16(info >> 16), handle: handle,
            protocolNumber: UInt16(bigEndian: UInt16(truncatingIfNeeded: info)),
            name: options.text(name) ?? "", program: program,
            isDirectAction: (options.number(flags) ?? 0) & 1 != 0)
    }
}
