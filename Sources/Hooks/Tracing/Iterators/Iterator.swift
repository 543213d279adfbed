import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

/// What an iterator walks over, where its kind leaves a choice (`union bpf_iter_link_info`).
public enum IteratorScope: Sendable {
    /// Everything of its kind.
    case all
    /// The entries of a map (`bpf_map_elem`), or the sockets in one (`sockmap`).
    case map(KernelMap)
    /// One thread, by its number.
    case thread(UInt32)
    /// The threads of one process, by its number.
    case process(UInt32)
    /// Control groups, from one directory of the cgroup file system on.
    case controlGroup(path: String, ControlGroupOrder)
}

/// The order in which control groups are walked (`enum bpf_cgroup_iter_order`).
public enum ControlGroupOrder: UInt32, CaseIterable, Sendable {
    /// Only the one (`BPF_CGROUP_ITER_SELF_ONLY`).
    case selfOnly = 1
    /// Parents before their children (`BPF_CGROUP_ITER_DESCENDANTS_PRE`).
    case descendantsFirstToLast
    /// Children before their parents (`BPF_CGROUP_ITER_DESCENDANTS_POST`).
    case descendantsLastToFirst
    /// The parents up to the root (`BPF_CGROUP_ITER_ANCESTORS_UP`).
    case ancestors
}

extension KernelProgram {
    /// Makes a link of an iterator (`iter/…`): from it the kernel's objects can be read.
    ///
    /// Nothing runs before someone reads: ``Iteration`` here, or cat(1) from a pin.
    ///
    /// - Parameter scope: what it walks over.
    /// - Throws: ``KernelError``; `EINVAL` if the kind of iterator takes no such scope, or needs
    ///   one.
    public func attachIterator(over scope: IteratorScope = .all) throws(KernelError) -> Link {
        guard case .controlGroup(let path, let order) = scope else {
            return try createIterator(scope.words, over: scope)
        }
        let group = try attempting("opening control group \(path)") { () throws(KernelErrno) in
            try system.open(path, .directory)
        }
        // Until the link is made the descriptor stands for the group.
        return try createIterator(
            [order.rawValue, UInt32(bitPattern: group.number), 0, 0], over: scope)
    }

    private func createIterator(
        _ words: [UInt32], over scope: IteratorScope
    ) throws(KernelError) -> Link {
        let name = spec?.attachTarget ?? "objects"
        var memory = CallMemory()
        var attributes = IteratorLinkAttributes()
        attributes.program = number
        attributes.attachType = AttachType.traceIterator.rawValue
        attributes.info = memory.array(words)
        attributes.infoSize = UInt32(words.count * 4)
        do throws(KernelError) {
            let link = try BPFLink.create(
                attributes, hook: "iterator over \(name)", program: self)
            memory.keep()
            return link
        } catch {
            throw scope.explained(error, name)
        }
    }
}

extension IteratorScope {
    fileprivate func explained(_ error: KernelError, _ name: String) -> KernelError {
        var failure = error
        guard error.errno == .invalidArgument || error.errno == .badDescriptor,
            error.reason == nil
        else { return error }
        switch (name, self) {
        case ("bpf_map_elem", .all), ("bpf_sk_storage_map", .all), ("sockmap", .all):
            failure.reason = "it walks over the entries of a map, and none was named"
            failure.remedy = "name the map"
        case ("cgroup", .all):
            failure.reason = "it walks over control groups, and none was named"
            failure.remedy = "name a directory below /sys/fs/cgroup"
        default:
            failure.reason = "it does not take what it was asked to walk over"
        }
        return failure
    }

    /// `union bpf_iter_link_info` as words; none for everything.
    fileprivate var words: [UInt32] {
        switch self {
        case .all, .controlGroup: []
        case .map(let map): [UInt32(bitPattern: map.descriptor.number), 0, 0, 0]
        case .thread(let id): [id, 0, 0, 0]
        case .process(let id): [0, id, 0, 0]
        }
    }
}
