import EBPFBytecode
import EBPFTypeFormat

/// A kind of link, as far as one can try to make one (`BPF_LINK_TYPE_…`).
public enum LinkFeature: String, CaseIterable, Sendable {
    /// On a control group.
    case cgroup
    /// An iterator.
    case iter
    /// On a network namespace.
    case netns
    /// On a network device, before the stack.
    case xdp
    /// On a perf event: tracepoints, kprobes, uprobes.
    case perfEvent = "perf_event"
    /// On many functions of the kernel.
    case kprobeMulti = "kprobe_multi"
    /// On many functions of a file.
    case uprobeMulti = "uprobe_multi"
    /// On a netfilter hook.
    case netfilter
    /// On a network device, in traffic control.
    case tcx
    /// On a netkit device.
    case netkit
    /// On a socket map.
    case sockmap
    /// Of a structure of functions.
    case structOps = "struct_ops"
}

extension KernelFeatures {
    /// Whether the kernel makes links of a kind.
    ///
    /// It is asked for one on what does not exist; its error tells how far it came.
    public func link(_ kind: LinkFeature) -> FeatureAnswer {
        cached("link \(kind.rawValue)") {
            switch kind {
            case .cgroup: attempt(.cgroupSKB, .cgroupInetIngress, [.badDescriptor])
            case .iter: iterator()
            case .netns: attempt(.flowDissector, .flowDissector, [.badDescriptor])
            case .xdp:
                // The loopback device, which is always the first, has no hardware to run it.
                attempt(.xdp, .xdp, [.operationNotSupported], target: 1, flags: 1 << 3)
            case .perfEvent: attachment(.perfEvent)
            case .kprobeMulti: attachment(.traceKprobeMulti)
            case .uprobeMulti: attachment(.traceUprobeMulti)
            case .netfilter: netfilter()
            case .tcx: attachment(.tcxIngress)
            case .netkit: attachment(.netkitPrimary)
            case .sockmap: attempt(.socketSKB, .socketSKBVerdict, [.badDescriptor])
            case .structOps: structOperations()
            }
        }
    }

    /// An attachment, by a link, to what does not exist.
    func attachment(_ place: AttachType) -> FeatureAnswer {
        switch place {
        case .perfEvent: return attempt(.tracepoint, place, [.badDescriptor])
        case .tcxIngress, .tcxEgress, .netkitPrimary, .netkitPeer:
            return attempt(.schedulerClassifier, place, [.noDevice], target: Self.noInterface)
        case .traceKprobeMulti, .traceKprobeSession:
            let name = "bpf_no_such_function"
            return linking(.kprobe, place, [.noProcess, .noEntry]) {
                program, memory -> KprobeMultiLinkAttributes in
                var attributes = KprobeMultiLinkAttributes()
                (attributes.program, attributes.attachType) = (program, place.rawValue)
                attributes.count = 1
                attributes.symbols = memory.array([memory.string(name)])
                return attributes
            }
        case .traceUprobeMulti, .traceUprobeSession:
            return linking(.kprobe, place, [.badDescriptor]) {
                program, memory -> UprobeMultiLinkAttributes in
                var attributes = UprobeMultiLinkAttributes()
                (attributes.program, attributes.attachType) = (program, place.rawValue)
                // A directory holds no functions.
                attributes.path = memory.string("/")
                attributes.offsets = memory.array([UInt64(0)])
                attributes.count = 1
                return attributes
            }
        default: return .unknown("there is no way to try it without changing the system")
        }
    }

    private static let noInterface: UInt32 = 0x7fff_ffff

    private func attempt(
        _ type: ProgramType, _ place: AttachType, _ errors: [KernelErrno], target: UInt32 = .max,
        flags: UInt32 = 0
    ) -> FeatureAnswer {
        linking(type, place, errors) { program, _ -> LinkCreateAttributes in
            var attributes = LinkCreateAttributes()
            attributes.program = program
            attributes.target = target
            attributes.attachType = place.rawValue
            attributes.flags = flags
            return attributes
        }
    }

    private func netfilter() -> FeatureAnswer {
        let unsupportedFamily = KernelErrno(rawValue: 97)
        return linking(.netfilter, .netfilter, [unsupportedFamily]) {
            program, _ -> NetfilterLinkAttributes in
            var attributes = NetfilterLinkAttributes()
            attributes.program = program
            attributes.attachType = AttachType.netfilter.rawValue
            return attributes
        }
    }

    /// An iterator that nobody reads does nothing, so that a real one can be made.
    private func iterator() -> FeatureAnswer {
        linking(.tracing, .traceIterator, []) { program, _ -> LinkCreateAttributes in
            var attributes = LinkCreateAttributes()
            attributes.program = program
            attributes.attachType = AttachType.traceIterator.rawValue
            return attributes
        }
    }

    /// Asking for one would need a structure; the kernel's types tell, too.
    private func structOperations() -> FeatureAnswer {
        guard let types = kernelTypes else { return Self.withoutTypes }
        return types.first(named: "bpf_struct_ops_link") == nil ? .no : .yes
    }

    private func linking<Attributes: BPFAttributes>(
        _ type: ProgramType, _ place: AttachType, _ errors: [KernelErrno],
        _ attributes: (UInt32, inout CallMemory) -> Attributes
    ) -> FeatureAnswer {
        guard let probe = ProbeProgram(type, at: place, types: { kernelTypes })
        else { return Self.withoutTypes }
        let program: Descriptor
        do throws(KernelErrno) { program = try probe.load(system) } catch {
            return FeatureAnswer(refusedWith: error, .load(type), on: system)
        }
        var memory = CallMemory()
        var attributes = attributes(UInt32(bitPattern: program.number), &memory)
        let answer = FeatureAnswer(attempting: .load(type), on: system, expecting: errors) {
            () throws(KernelErrno) in
            _ = try system.openBPF(.linkCreate, &attributes)
        }
        memory.keep()
        _ = consume program
        return answer
    }
}
