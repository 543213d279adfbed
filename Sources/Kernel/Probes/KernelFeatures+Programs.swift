public import EBPFBytecode

extension KernelFeatures {
    /// Whether the kernel loads programs of a type.
    public func programType(_ type: ProgramType) -> FeatureAnswer {
        cached("program type \(type.name)") {
            guard type != .unspecified else { return .no }
            if type == .programExtension { return programExtension() }
            guard let program = ProbeProgram(type, types: { kernelTypes })
            else { return Self.withoutTypes }
            return answer(loading: program, type)
        }
    }

    /// Whether programs can be loaded for a place.
    ///
    /// Places that the kernel only looks at when a program is attached are answered by an attachment
    /// to what does not exist.
    public func attachType(_ place: AttachType) -> FeatureAnswer {
        cached("attach type \(place.name)") {
            switch place {
            case .tcxIngress, .tcxEgress, .netkitPrimary, .netkitPeer, .traceKprobeMulti,
                .traceKprobeSession, .traceUprobeMulti, .traceUprobeSession, .perfEvent:
                return attachment(place)
            case .structOperations: return programType(.structOperations)
            case .lircMode2: return programType(.lircMode2)
            default: break
            }
            guard let type = place.probedType else {
                return .unknown("there is no way to try it without changing the system")
            }
            guard let program = ProbeProgram(type, at: place, types: { kernelTypes })
            else { return Self.withoutTypes }
            return answer(loading: program, type)
        }
    }

    /// Whether programs of a type may call a helper.
    ///
    /// Those whose mere probing leaves traces in the kernel's log are only tried if asked to.
    public func helper(
        _ helper: HelperID, in type: ProgramType, includingNoisy: Bool = false
    ) -> FeatureAnswer {
        guard includingNoisy || !Self.noisy.contains(helper) else {
            return .unknown("the kernel would write to its log; --full tries it")
        }
        return cached("helper \(helper.rawValue) in \(type.name)") {
            guard type != .unspecified else { return .no }
            guard type != .programExtension else {
                return .unknown("an extension may call what its target may")
            }
            let call: [EncodedInstruction] = [.call(helper), .move(0, 0), .exit]
            guard let program = ProbeProgram(type, types: { kernelTypes }, call)
            else { return Self.withoutTypes }
            return answer(calling: program, type)
        }
    }

    /// Helpers at whose sight the kernel writes to its log or switches something on.
    private static let noisy: Set<HelperID> = [.tracePrintk, .traceVprintk, .probeWriteUser]

    static let withoutTypes = FeatureAnswer.unknown("the kernel shows no types to try it with")

    /// What loading a program says about it.
    func answer(loading program: ProbeProgram, _ type: ProgramType) -> FeatureAnswer {
        FeatureAnswer(attempting: .load(type), on: system, expecting: []) {
            () throws(KernelErrno) in
            _ = try program.load(system)
        }
    }

    /// What the verifier says about a call: it knows the helper if it only dislikes the arguments.
    private func answer(calling program: ProbeProgram, _ type: ProgramType) -> FeatureAnswer {
        guard let refusal = program.refusal(system, logSize: 1 << 13) else { return .yes }
        let unknown = [
            "program of this type cannot use helper", "unknown func", "invalid func",
            "not supported for program type", "supported only for fentry",
        ]
        if unknown.contains(where: refusal.log.contains) { return .no }
        // Instructions were looked at, so that something else about the call is wrong.
        if refusal.log.contains("0: (85)") && refusal.errno != .notPermitted { return .yes }
        guard programType(type) == .no else {
            return FeatureAnswer(refusedWith: refusal.errno, .load(type), on: system)
        }
        return .no
    }

    /// An extension needs a program to extend, one with types.
    private func programExtension() -> FeatureAnswer {
        guard case .success(let types) = probeTypes(.mainFunction) else { return .no }
        var target = ProbeProgram(type: .xdp, [.move(0, 2), .exit])
        target.describe(with: types)
        do throws(KernelErrno) {
            let extended = try target.load(system)
            var program = ProbeProgram(type: .programExtension, [.move(0, 2), .exit])
            program.describe(with: types)
            program.attributes.attachType = ProbeTypes.functionID
            program.attributes.attachObject = UInt32(bitPattern: extended.number)
            return answer(loading: program, .programExtension)
        } catch {
            return FeatureAnswer(refusedWith: error, .load(.xdp), on: system)
        }
    }
}

extension AttachType {
    /// The kind of program that the kernel loads for this place; `nil` where loading says nothing.
    fileprivate var probedType: ProgramType? {
        switch self {
        case .cgroupInetIngress, .cgroupInetEgress: .cgroupSKB
        case .cgroupInetSocketCreate, .cgroupInetSocketRelease, .cgroupInet4PostBind,
            .cgroupInet6PostBind:
            .cgroupSocket
        case .cgroupSocketOperations: .socketOperations
        case .socketSKBStreamParser, .socketSKBStreamVerdict, .socketSKBVerdict: .socketSKB
        case .cgroupDevice: .cgroupDevice
        case .socketMessageVerdict: .socketMessage
        case .cgroupInet4Bind, .cgroupInet6Bind, .cgroupInet4Connect, .cgroupInet6Connect,
            .cgroupUDP4SendMessage, .cgroupUDP6SendMessage, .cgroupUDP4ReceiveMessage,
            .cgroupUDP6ReceiveMessage, .cgroupInet4GetPeerName, .cgroupInet6GetPeerName,
            .cgroupInet4GetSocketName, .cgroupInet6GetSocketName, .cgroupUnixConnect,
            .cgroupUnixSendMessage, .cgroupUnixReceiveMessage, .cgroupUnixGetPeerName,
            .cgroupUnixGetSocketName:
            .cgroupSocketAddress
        case .flowDissector: .flowDissector
        case .cgroupSysctl: .cgroupSysctl
        case .cgroupGetSocketOption, .cgroupSetSocketOption: .cgroupSocketOption
        case .traceRawTracepoint, .traceFunctionEntry, .traceFunctionExit, .modifyReturn,
            .traceIterator, .traceFunctionSession:
            .tracing
        case .lsmMAC, .lsmCgroup: .lsm
        case .socketLookup: .socketLookup
        case .socketReusePortSelect, .socketReusePortSelectOrMigrate: .socketReusePort
        case .netfilter: .netfilter
        case .xdpDeviceMap, .xdpCPUMap, .xdp: .xdp
        default: nil
        }
    }
}
