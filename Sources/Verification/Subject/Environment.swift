import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What the hook of a program decides: its context, its result, what it may touch.
struct Environment {
    /// What may be read and written of the context; empty if it is typed.
    let contextRows: [ContextAccess]
    /// The typed arguments, if the context has such.
    let arguments: BTFContext?
    /// The hook itself, where it has a type.
    let target: HookTarget?
    /// What the program may return.
    let result: ReturnRule
    /// Whether every access must be aligned.
    let isAlignmentStrict: Bool
    /// Whether a state is kept wherever one can be: for tests.
    let keepsAllStates: Bool
    /// How many CPUs the kernel may have.
    let cpuCount: Int
    /// Where the program is attached, as far as that decides what it may call.
    let place: AttachType?
    /// What whoever loads the program may do.
    let privileges: Privileges
    private let type: ProgramType

    init(_ subject: Subject, _ specs: ObjectSpecs, _ options: Verifier.Options) throws(Fault) {
        let program = subject.program
        type = program.type
        let place = AttachRules.place(of: program.type, program.attachType)
        self.place = place
        let isTest = program.flags
        isAlignmentStrict =
            isTest.contains(.strictAlignment) && !isTest.contains(.anyAlignment)
        keepsAllStates = isTest.contains(.frequentStates)
        cpuCount = options.cpuCount
        privileges = Privileges(options)
        contextRows = program.type.contextAccesses(attachedAt: program.attachType)
        do throws(TypeFault) {
            let target = try Self.target(of: program, place, specs, subject.kernelTypes)
            self.target = target
            try AttachRules(
                type: subject.loadedType,
                place: subject.isExtension ? nil : program.attachType, flags: program.flags,
                isFree: subject.isGPL, target: target
            ).check()
            if let target, let types = subject.kernelTypes {
                arguments = BTFContext(program.type, place, target, in: types)
            } else {
                arguments = nil
            }
            let rule = ReturnRule(program.type, place, target, in: subject.kernelTypes)
            result = subject.isExtension ? rule.forExtensions(of: program.type) : rule
        } catch {
            throw Fault(error)
        }
    }

    private static func target(
        of program: ProgramSpec, _ place: AttachType?, _ specs: ObjectSpecs, _ types: BTF?
    ) throws(TypeFault) -> HookTarget? {
        guard let types else { return nil }
        if program.type == .structOperations {
            for map in specs.maps.values where map.type == .structOperations {
                for value in map.initialValues {
                    guard case .program(program.name) = value.content,
                        let valueType = map.valueType, let own = specs.types,
                        let structure = try? own.resolve(valueType),
                        let name = try? own.name(of: structure),
                        let member = try? own.members(of: structure).first(where: {
                            $0.byteOffset == value.index
                        })
                    else { continue }
                    return try .operation(
                        EssentialName.of(member.name), of: EssentialName.of(name), in: types)
                }
            }
            return nil
        }
        return try HookTarget.find(program.type, place, program.attachTarget, in: types)
    }

    /// Whether programs at this hook may call a helper.
    func mayCall(_ helper: HelperID) -> Bool {
        if helper == .setsockopt || helper == .getsockopt {
            if type == .tracing, target?.kind == .iterator {
                return ["tcp", "unix"].contains(target?.name)
            }
            // Sockets that are being closed take no options.
            if target?.operations == "tcp_congestion_ops", target?.name == "release" {
                return false
            }
        }
        return type.mayCall(helper, attachedAt: place)
    }

    /// Whether programs may write packets through pointers (`may_access_direct_pkt_data`).
    var mayWritePackets: Bool {
        switch type {
        case .schedulerClassifier, .schedulerAction, .xdp, .lwtTransmit, .socketSKB,
            .socketMessage, .cgroupSocketOption:
            true
        default: false
        }
    }
}

extension HookTarget {
    /// The structure that the hook is a member of.
    var operations: String? {
        if case .operation(let structure, _) = kind { structure } else { nil }
    }
}

extension Fault {
    /// A fault of types at the instruction that is looked at.
    init(_ fault: TypeFault) {
        self.init(fault.code, fault.message, suggestion: fault.suggestion)
    }
}
