import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Testing

/// The rows of helpers, compared with what the running kernel's verifier takes and refuses.
///
/// Helpers whose arguments need types of the program's own (locks, timers, storages, callbacks) are
/// left to other tests.
@Suite(.liveKernel, .enabled("the kernel is of the tables' release") { RunningRelease.isTables })
struct HelperRowTests {
    private static let types: [ProgramType] = [
        .schedulerClassifier, .xdp, .socketFilter, .cgroupSKB, .socketOperations, .socketSKB,
        .socketMessage, .cgroupSocketAddress, .cgroupSocketOption, .cgroupSysctl, .cgroupSocket,
        .lwtTransmit, .lwtIn, .lwtSeg6Local, .socketReusePort, .socketLookup, .flowDissector,
        .kprobe, .perfEvent, .tracing, .structOperations, .syscall, .rawTracepoint, .netfilter,
        .cgroupDevice, .tracepoint,
    ]

    /// What depends on the kernel's configuration, on its lockdown, or on trampolines.
    private static let unavailable: Set<HelperID> = [
        .probeWriteUser, .overrideReturn, .getFuncArg, .getFuncRet, .getFuncArgCnt,
    ]

    /// Calls with arguments as their rows ask for, one for each helper, in the first type that may.
    private static func calls(_ pool: HelperCallMaps) -> [HelperCall] {
        Helper.all.filter { !unavailable.contains($0.id) }.compactMap { helper in
            types.first { mayCall(helper, $0) }.map { HelperCall(helper, in: $0, pool) }
        }
    }

    private static func mayCall(_ helper: Helper, _ type: ProgramType) -> Bool {
        let target = ProbeTarget(type, types: { KernelFeatures.shared.kernelTypes })
        guard let target, type == .syscall || !helper.effects.contains(.mightSleep)
        else { return false }
        return type.mayCall(helper.id, attachedAt: target.attachType ?? .cgroupInetIngress)
    }

    @Test func `right arguments are taken, in all types`() throws {
        let pool = try HelperCallMaps()
        var made = 0
        for type in Self.types where KernelFeatures.shared.programType(type) == .yes {
            for helper in Helper.all where Self.mayCall(helper, type) {
                guard !Self.unavailable.contains(helper.id),
                    let answer = HelperCall(helper, in: type, pool).answer()
                else { continue }
                // Programs that sleep are refused for their maps before their instructions.
                guard !answer.complaint.hasPrefix("Sleepable programs can only use") else {
                    continue
                }
                made += 1
                #expect(answer.isTaken, "\(helper.name) in \(type.name): \(answer.complaint)")
            }
        }
        #expect(made > 1500)
    }

    @Test func `each wrong argument is refused`() throws {
        let pool = try HelperCallMaps()
        for call in Self.calls(pool) {
            for (index, parameter) in call.parameters.enumerated() {
                for change in Self.changes(of: parameter, in: call.type) {
                    guard let answer = call.answer(change, at: index) else { continue }
                    let expected = Self.isTaken(change, parameter, call.helper)
                    #expect(
                        answer.isTaken == expected,
                        "\(call.helper.name), \(parameter.name) \(change): \(answer.complaint)")
                }
            }
        }
    }

    private static func changes(
        of parameter: Helper.Parameter, in type: ProgramType
    ) -> [HelperCall.Change] {
        let packet: [HelperCall.Change] =
            type == .xdp || type == .schedulerClassifier ? [.packet] : []
        switch parameter.kind {
        case .mapKey, .mapValue, .memory: return [.null, .nullAndZero, .readOnly] + packet
        case .fixedMemory: return [.null, .readOnly, .short, .misaligned] + packet
        case .size: return [.zero, .large]
        case .anything, .unchecked, .resultSize: return []
        default: return [.null]
        }
    }

    private static func isTaken(
        _ change: HelperCall.Change, _ parameter: Helper.Parameter, _ helper: Helper
    ) -> Bool {
        switch change {
        case .null:
            if case .memory = parameter.kind { return false }
            return parameter.isNullable
        case .nullAndZero: return parameter.isNullable
        case .zero: return parameter.kind == .size(zeroAllowed: true)
        case .large, .short: return false
        case .misaligned: return !parameter.isAligned
        case .packet: return helper.effects.contains(.takesPacketPointers)
        case .readOnly:
            return switch parameter.kind {
            case .mapKey, .mapValue(.read), .memory(.read), .fixedMemory(.read, _): true
            default: false
            }
        }
    }

    @Test func `results are what the rows say`() throws {
        let pool = try HelperCallMaps()
        for call in Self.calls(pool) {
            let helper = call.helper
            guard let answer = call.answer() else { continue }
            let result = answer.result ?? ""
            let name = "\(helper.name): \(result)"
            #expect(result.hasPrefix(Self.text(of: helper.result)), "\(name)")
            guard helper.result == .integer else {
                // A pointer that came with an argument's reference has no own one.
                let isOwn = result.contains("ref_obj_id")
                #expect(isOwn == !helper.effects.isDisjoint(with: [.acquires, .passesReference]))
                continue
            }
            switch helper.resultRange {
            case .anything: #expect(result == "scalar()", "\(name)")
            case .processor: #expect(result.hasPrefix("scalar(smin=smin32=0,"), "\(name)")
            case .errorOrLength:
                // The lengths of these calls are 16.
                #expect(result == "scalar(smin=smin32=-4095,smax=smax32=16)", "\(name)")
            }
        }
    }

    /// How the verifier begins to write a result.
    private static func text(of result: Helper.Result) -> String {
        let null = result.isNullable ? "_or_null" : ""
        return switch result.kind {
        case .integer: "scalar("
        case .nothing: ""
        case .mapValue: "map_value\(null)("
        case .socket: "sock\(null)("
        case .tcpSocket: "tcp_sock\(null)("
        case .socketCommon: "sock_common\(null)("
        case .ringBufferRecord: "ringbuf_mem\(null)("
        case .dynptrMemory, .perCPUVariable: "mem\(null)("
        case .structure(let name, let trusted):
            (trusted ? "trusted_" : "") + "ptr\(null.isEmpty ? "" : "_or_null")_\(name)("
        case .kernelPointer: "ptr"
        }
    }

    @Test func `licence and sleeping are asked as the rows say`() throws {
        let pool = try HelperCallMaps()
        for call in Self.calls(pool) {
            // Tasks come from a helper that is restricted itself.
            guard !call.parameters.contains(where: { $0.kind == .structure("task_struct") }),
                let answer = call.answer(license: "Proprietary")
            else { continue }
            let restricted = answer.log.contains("cannot call GPL-restricted function")
            #expect(restricted == call.helper.requiresGPL, "\(call.helper.name)")
        }
        for helper in Helper.all {
            for type in [ProgramType.schedulerClassifier, .tracing] {
                guard type.mayCall(helper.id), !Self.unavailable.contains(helper.id),
                    let answer = HelperCall(helper, in: type, pool).answer()
                else { continue }
                let sleeps = answer.log.contains("helper call might sleep in a non-sleepable prog")
                #expect(sleeps == helper.effects.contains(.mightSleep), "\(helper.name)")
            }
        }
    }

    @Test func `pointers into the packet outlive calls as the rows say`() throws {
        let pool = try HelperCallMaps()
        for type in [ProgramType.schedulerClassifier, .xdp, .socketSKB, .lwtTransmit] {
            for helper in Helper.all where Self.mayCall(helper, type) {
                guard !Self.unavailable.contains(helper.id),
                    let answer = HelperCall(helper, in: type, pool).answerHoldingPacket()
                else { continue }
                let isLost = answer.log.contains("R7 invalid mem access 'scalar'")
                #expect(isLost || answer.isTaken, "\(helper.name): \(answer.complaint)")
                #expect(isLost == helper.effects.contains(.movesPacket), "\(helper.name)")
            }
        }
    }

    /// What the stack held is known no longer behind a call that writes it, and only then.
    @Test func `memory is written as the rows say`() throws {
        let pool = try HelperCallMaps()
        for call in Self.calls(pool) {
            for (index, parameter) in call.parameters.enumerated() {
                let writes: Bool
                switch parameter.kind {
                case .memory(let access), .mapValue(let access), .fixedMemory(let access, _):
                    writes = access != .read
                case .mapKey: writes = false
                default: continue
                }
                // Its memory is not on the stack.
                guard call.helper.id != .dynptrFromMem,
                    let answer = call.answerReadingMemory(at: index)
                else { continue }
                #expect(
                    answer.log.contains("; R1=0 ") == !writes, "\(call.helper.name) \(parameter)")
                #expect(answer.log.contains("; R1=scalar() ") == writes)
            }
        }
    }

    @Test func `a dynptr is made of a map's value only`() throws {
        let helper = Helper(.dynptrFromMem)
        let call = HelperCall(helper, in: .xdp, try HelperCallMaps())
        let answer = try #require(call.answer(.misaligned, at: 0))
        #expect(answer.complaint == "Unsupported reg type fp for bpf_dynptr_from_mem data")
        #expect(call.answer()?.isTaken == true)
    }

    /// A register saved before a call and restored behind it: the kernel takes both out where the
    /// call keeps the register.
    @Test func `calls keep registers as the rows say`() throws {
        for helper in Helper.all where helper.parameters.isEmpty && helper.result == .integer {
            let call = "call \(helper.id.rawValue)"
            guard Self.mayCall(helper, .schedulerClassifier),
                let plain = try Self.size("r1 = 1\n\(call)\nr0 = 0\nexit"),
                let saving = try Self.size(
                    "r1 = 1\n*(u64 *)(r10 - 8) = r1\n\(call)\nr1 = *(u64 *)(r10 - 8)\nr0 = 0\nexit")
            else { continue }
            #expect((plain == saving) == helper.effects.contains(.keepsRegisters), "\(helper.name)")
        }
    }

    /// The bytes of a program as the kernel rewrote it.
    private static func size(_ assembly: String) throws -> UInt32? {
        let code = try Assembler().assemble(assembly)
        let program = ProbeProgram(type: .schedulerClassifier, code)
        guard let loaded = try? program.load(.linux) else { return nil }
        let info: ProgramInfo = try loaded.info("asking")
        return info.translatedSize
    }
}
