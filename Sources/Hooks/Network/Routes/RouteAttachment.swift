import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Makes a route whose packets pass the program; the kind of program says at which place.
    ///
    /// - Parameters:
    ///   - route: one that does not exist yet; it goes with the link.
    ///   - others: programs for the other places of the same route.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `EEXIST` when there is such a
    ///   route, `ENETUNREACH` when the gateway is not on a network of this machine.
    public func attach(
        to route: TunnelRoute, with others: [KernelProgram] = []
    ) throws(KernelError) -> Link {
        let interface = try NetworkInterface.find(route.interface, system: system)
        let messages = RouteMessages(route: route, interface: interface)
        try interface.keep([self] + others, messages, system)
        return Link(RouteAttachment([self] + others, messages))
    }
}

extension NetworkInterface {
    /// Makes a route whose packets pass programs, which stays until it is removed.
    ///
    /// - Parameters:
    ///   - programs: at most one for each place of a lightweight tunnel, or one for a segment.
    /// - Throws: ``KernelError``.
    public static func keep(
        _ programs: [KernelProgram], on route: TunnelRoute, system: SystemCalls = .linux
    ) throws(KernelError) {
        let interface = try find(route.interface, system: system)
        let messages = RouteMessages(route: route, interface: interface)
        try interface.keep(programs, messages, system)
    }

    /// Removes a route, and with it its programs.
    ///
    /// - Throws: ``KernelError``; `ESRCH` if there is none.
    public static func remove(
        _ route: TunnelRoute, system: SystemCalls = .linux
    ) throws(KernelError) {
        let interface = try find(route.interface, system: system)
        var socket = try NetlinkSocket(system: system)
        try socket.perform(
            RouteMessages(route: route, interface: interface).remove,
            "removing the route to \(route)")
    }

    fileprivate func keep(
        _ programs: [KernelProgram], _ messages: RouteMessages, _ system: SystemCalls
    ) throws(KernelError) {
        let hook = "the route to \(messages.route)"
        let types: [ProgramType] = [.lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local]
        for program in programs { try program.require(types, for: hook) }
        guard Set(programs.map(\.type)).count == programs.count else {
            throw KernelError(
                "attaching to \(hook)", .invalidArgument,
                reason: "two programs are for the same place",
                remedy: "a route has one for each of input, output and transmission")
        }
        var socket = try NetlinkSocket(system: system)
        do throws(KernelError) {
            let names = programs.map(\.description).joined(separator: " and ")
            try socket.perform(messages.make(programs), "attaching \(names) to \(hook)")
        } catch {
            throw error.explained(messages)
        }
    }
}

/// A route that was made for its programs; it goes with the value.
private final class RouteAttachment: Attachment {
    let hook: String
    // The route's own hold on the programs ends with it; until then they keep their names here.
    private let programs: [KernelProgram]
    private let messages: RouteMessages

    init(_ programs: [KernelProgram], _ messages: RouteMessages) {
        (self.programs, self.messages) = (programs, messages)
        hook = "the route to \(messages.route)"
    }

    func detach() throws(KernelError) {
        let system = programs.first?.system ?? .linux
        var socket = try NetlinkSocket(system: system)
        do throws(KernelError) {
            try socket.perform(messages.remove, "removing \(hook)")
        } catch {
            guard error.errno == .noProcess else { throw error }
            throw KernelError(
                error.action, error.errno, reason: "someone else has removed the route")
        }
    }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping \(hook) at \(path)", .operationNotSupported,
            reason: "routes are no links", remedy: "keep the route itself (NetworkInterface.keep)")
    }
}

extension KernelError {
    fileprivate func explained(_ messages: RouteMessages) -> KernelError {
        let (unreachable, networkDown): (Int32, Int32) = (101, 100)
        var error = self
        switch errno {
        case .exists:
            error.reason = "there is a route to \(messages.route.destination) already"
            error.remedy = "remove it, or choose another table or prefix"
        case .operationNotSupported:
            error.reason = error.reason ?? "this kernel has no such lightweight tunnels"
            error.remedy = "it needs CONFIG_LWTUNNEL_BPF, or CONFIG_IPV6_SEG6_BPF for segments"
        case KernelErrno(rawValue: unreachable):
            error.reason = error.reason ?? "the gateway is on no network of this machine"
        case KernelErrno(rawValue: networkDown):
            error.reason = "\(messages.interface) is switched off"
            error.remedy = "switch it on (ip link set \(messages.interface) up)"
        default: break
        }
        return error
    }
}
