import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program on packets of this network namespace at a hook of netfilter (Linux 6.4).
    ///
    /// - Parameter place: which packets, where on their way, and in which order.
    /// - Throws: ``KernelError``: `EBUSY` when a program has that priority, `ERANGE` for priorities
    ///   that the place cannot have, `EOPNOTSUPP` or `ENOENT` when the kernel cannot put fragments
    ///   together.
    public func attachNetfilter(at place: NetfilterPlace) throws(KernelError) -> Link {
        try require([.netfilter], for: "\(place)")
        var attributes = NetfilterLinkAttributes()
        attributes.program = number
        attributes.attachType = AttachType.netfilter.rawValue
        attributes.protocolFamily = place.family
        attributes.hook = place.hook
        attributes.priority = place.priority
        attributes.hookFlags = place.flags
        do throws(KernelError) {
            return try BPFLink.create(attributes, hook: "\(place)", program: self)
        } catch {
            throw error.explained(at: place, system)
        }
    }
}

extension KernelError {
    fileprivate func explained(at place: NetfilterPlace, _ system: SystemCalls) -> KernelError {
        var error = self
        let wantsDefragmentation = place.flags != 0
        switch errno {
        case .busy:
            // The kernel does not tell of which namespace a link is, so it may be another one's.
            let same = ((try? OpenLink.all(system: system)) ?? []).filter { link in
                guard case .netfilter(let other) = link.info.details else { return false }
                return (other.family, other.hook, other.priority)
                    == (place.family, place.hook, place.priority)
            }
            let holders = same.map { "link \($0.info.id) with program \($0.info.program)" }
            error.reason =
                "another program has this priority"
                + (holders.isEmpty ? "" : " (\(holders.joined(separator: " or ")))")
            error.remedy = "choose a priority beside it: lower ones run first"
        case .outOfRange:
            error.reason =
                wantsDefragmentation
                ? "whole packets exist only behind priority -400"
                : "the least and the greatest priority are the kernel's own"
            error.remedy =
                wantsDefragmentation ? "choose a priority above -400" : "choose one between them"
        case .operationNotSupported where wantsDefragmentation,
            .noEntry where wantsDefragmentation:
            error.reason = "this kernel cannot put fragments together for programs"
            error.remedy =
                "load the module nf_defrag_\(place.familyName), or take fragments as they are"
        default: break
        }
        return error
    }
}
