public import EBPFBytecode
public import EBPFKernel

/// A program that is attached to the network of a namespace.
public struct NetworkAttachment: Hashable, Sendable {
    /// Where it runs.
    public enum Place: Hashable, Sendable {
        /// On what an interface receives, before the network stack.
        case xdp(XDPMode)
        /// In the order of tcx or netkit.
        case hook(InterfaceHook)
        /// In traffic control.
        case trafficControl(TrafficFilter)
        /// On a route; the kernel tells only the program's name.
        case route(RouteProgram)
        /// At a hook of netfilter. The kernel does not tell of which namespace it is.
        case netfilter(NetfilterPlace)
        /// Where the whole namespace's packets are taken apart or given to sockets.
        case namespace(AttachType)
    }

    /// Where it runs.
    public let place: Place
    /// The interface; `nil` for what belongs to the whole namespace.
    public let interface: NetworkInterface?
    /// The program's number; `nil` where the kernel does not tell.
    public let program: UInt32?
    /// The number of the link that holds it; `nil` if there is none, or if this process may not ask.
    public let link: UInt32?
}

extension NetworkAttachment {
    /// The attachments of the namespace that the calling thread is in: by interface, then those of
    /// the whole namespace.
    ///
    /// - Parameter interface: only those of one.
    /// - Throws: ``KernelError``; `ENODEV` without such an interface.
    public static func all(
        on interface: InterfaceReference? = nil, system: SystemCalls = .linux
    ) throws(KernelError) -> [NetworkAttachment] {
        // Links are only for CAP_SYS_ADMIN to list; without them the programs are still known.
        let links = ((try? OpenLink.all(system: system)) ?? []).map(\.info)
        let interfaces =
            if let interface { [try NetworkInterface.find(interface, system: system)] } else {
                try NetworkInterface.all(system: system)
            }
        var found: [NetworkAttachment] = []
        for interface in interfaces {
            found += interface.xdpAttachments(links)
            found += try interface.hookAttachments(system)
            found += try interface.filterAttachments(system)
        }
        found += try routes(interfaces, isWhole: interface == nil, system)
        if interface == nil { found += try ofNamespace(links, system) }
        return found
    }

    private static func routes(
        _ interfaces: [NetworkInterface], isWhole: Bool, _ system: SystemCalls
    ) throws(KernelError) -> [NetworkAttachment] {
        try RouteProgram.all(system: system).compactMap { route in
            let interface = interfaces.first { $0.index == route.interface }
            guard isWhole || interface != nil else { return nil }
            return NetworkAttachment(
                place: .route(route), interface: interface, program: nil, link: nil)
        }
    }

    /// What belongs to no interface: netfilter, flow dissector, socket look-up.
    private static func ofNamespace(
        _ links: [LinkInfo], _ system: SystemCalls
    ) throws(KernelError) -> [NetworkAttachment] {
        var found: [NetworkAttachment] = []
        let path = "/proc/thread-self/ns/net"
        let namespace = try attempting("opening \(path)") { () throws(KernelErrno) in
            try system.open(path)
        }
        for attachType in [AttachType.flowDissector, .socketLookup] {
            let target = UInt32(bitPattern: namespace.number)
            // Kernels without the hook refuse the question.
            let programs = (try? system.attachedPrograms(target: target, attachType))?.entries ?? []
            found += programs.map { entry in
                let link = links.first {
                    $0.kind == .networkNamespace && $0.program == entry.program
                }
                return NetworkAttachment(
                    place: .namespace(attachType), interface: nil, program: entry.program,
                    link: link?.id)
            }
        }
        for link in links {
            guard case .netfilter(let place) = link.details else { continue }
            found.append(
                NetworkAttachment(
                    place: .netfilter(place), interface: nil, program: link.program, link: link.id))
        }
        return found
    }
}

extension NetworkInterface {
    fileprivate func xdpAttachments(_ links: [LinkInfo]) -> [NetworkAttachment] {
        xdp.sorted { $0.key.rawValue < $1.key.rawValue }.map { mode, program in
            let link = links.first {
                $0.details == .interface(index, .xdp) && $0.program == program
            }
            return NetworkAttachment(
                place: .xdp(mode), interface: self, program: program, link: link?.id)
        }
    }

    fileprivate func hookAttachments(
        _ system: SystemCalls
    ) throws(KernelError) -> [NetworkAttachment] {
        var found: [NetworkAttachment] = []
        for hook in InterfaceHook.allCases where !hook.isNetkit || kind == "netkit" {
            found += (try programs(on: hook, system: system)?.entries ?? []).map {
                NetworkAttachment(
                    place: .hook(hook), interface: self, program: $0.program, link: $0.link)
            }
        }
        return found
    }

    fileprivate func filterAttachments(
        _ system: SystemCalls
    ) throws(KernelError) -> [NetworkAttachment] {
        let control = TrafficControl(interface: self, system: system)
        var found: [NetworkAttachment] = []
        for direction in try control.directions() {
            found += try control.filters(direction).map {
                NetworkAttachment(
                    place: .trafficControl($0), interface: self, program: $0.program, link: nil)
            }
        }
        return found
    }
}
