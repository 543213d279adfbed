import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import EBPFTypeFormat

/// A program that calls one helper with arguments as its row asks for, or with one of them wrong.
struct HelperCall {
    let helper: Helper
    let type: ProgramType
    let pool: HelperCallMaps
    let parameters: [Helper.Parameter]

    init(_ helper: Helper, in type: ProgramType, _ pool: HelperCallMaps) {
        (self.helper, self.type, self.pool) = (helper, type, pool)
        parameters = helper.parameters(in: type)
    }

    /// What is done to one argument.
    enum Change: Hashable {
        /// A null pointer.
        case null
        /// A null pointer, and the size that follows is zero.
        case nullAndZero
        /// A size of zero.
        case zero
        /// A size larger than the memory.
        case large
        /// Memory that programs must not write.
        case readOnly
        /// Memory that ends one byte too early.
        case short
        /// Memory at an odd address.
        case misaligned
        /// Memory of the packet.
        case packet
    }

    /// The verifier's answer to a call.
    struct Answer {
        let log: String
        /// Whether the call itself was right: the instruction behind it is always refused.
        var isTaken: Bool { log.contains("R5 !read_ok") }
        /// The line that says what is wrong.
        var complaint: String {
            log.split(separator: "\n").last { !$0.hasPrefix("processed") }.map(String.init) ?? ""
        }
        /// What r0 is behind the call; `nil` if it is nothing.
        let result: String?

        init(_ log: String, _ helper: Helper) {
            self.log = log
            // What the verifier looks back at stands between a call and its result.
            let lines = log.split(separator: "\n").filter { !$0.hasPrefix("mark_precise") }
            let call = lines.lastIndex { $0.contains("call bpf_\(helper.name)#") }
            result = call.flatMap { start in
                lines[start...].prefix(2).lazy.flatMap { $0.split(separator: " ") }
                    .first { $0.hasPrefix("R0=") }.map { String($0.dropFirst(3)) }
            }
        }
    }

    /// The verifier's answer to a call with one argument changed; `nil` if none can be made.
    func answer(
        _ change: Change? = nil, at index: Int = 0, license: String = "GPL"
    ) -> Answer? {
        attempt(change, at: index, license: license, behind: "")
    }

    /// The answer to a call behind which a byte of the packet is read.
    func answerHoldingPacket() -> Answer? {
        attempt(nil, at: 0, license: "GPL", behind: "r1 = *(u8 *)(r7 + 0)", holdingPacket: true)
    }

    /// The answer to a call behind which the memory that was an argument is read into r1.
    func answerReadingMemory(at index: Int) -> Answer? {
        attempt(
            nil, at: 0, license: "GPL",
            behind: "r1 = *(u64 *)(r10 - \(Self.distance(of: index)))")
    }

    /// How far below the frame's end an argument's memory begins.
    private static func distance(of index: Int) -> Int { 256 - 48 * index }

    private func attempt(
        _ change: Change?, at index: Int, license: String, behind: String,
        holdingPacket: Bool = false
    ) -> Answer? {
        var lines = ["r6 = r1"]
        lines += stride(from: 8, through: 256, by: 8).map { "*(u64 *)(r10 - \($0)) = 0" }
        if change == .packet || holdingPacket { lines += packet }
        var moves: [String] = []
        for (position, parameter) in parameters.enumerated() {
            var own = position == index ? change : nil
            if position == index + 1, change == .nullAndZero { own = .zero }
            guard let made = argument(position, parameter, own) else { return nil }
            lines += made.preparation
            moves += made.moves
        }
        lines += moves + ["call \(helper.id.rawValue)", behind, "r0 = r5", "r0 = 0", "exit"]
        guard let code = try? Assembler().assemble(lines.joined(separator: "\n")),
            var probe = ProbeProgram(type, types: { KernelFeatures.shared.kernelTypes }, code)
        else { return nil }
        probe.license = license
        return Answer(probe.refusal(.linux, logSize: 1 << 17)?.log ?? "", helper)
    }

    /// Leaves the start of the packet in r7, with 64 bytes of it known to be there.
    private var packet: [String] {
        let (data, end) = type == .xdp ? (0, 4) : (76, 80)
        return [
            "r7 = *(u32 *)(r6 + \(data))", "r8 = *(u32 *)(r6 + \(end))", "r9 = r7", "r9 += 64",
            "if r9 <= r8 goto inside", "r0 = 0", "exit", "inside:",
        ]
    }

    private typealias Made = (preparation: [String], moves: [String])

    private func argument(
        _ position: Int, _ parameter: Helper.Parameter, _ change: Change?
    ) -> Made? {
        let register = "r\(position + 1)"
        if change == .null || change == .nullAndZero { return ([], ["\(register) = 0"]) }
        if change == .packet { return ([], ["\(register) = r7"]) }
        let stack = Self.distance(of: position)
        func onStack(_ distance: Int) -> Made {
            ([], ["\(register) = r10", "\(register) += -\(distance)"])
        }
        // Of all memory, only a map's value becomes a dynptr.
        if helper.id == .dynptrFromMem, position == 0, change == nil {
            return ([], ["\(register) = map[fd:\(pool.variables)][0]+0 ll"])
        }
        switch parameter.kind {
        case .anything: return ([], ["\(register) = 0"])
        case .unchecked: return ([], [])
        case .context: return ([], ["\(register) = r6"])
        case .map:
            guard let map = pool.map(for: helper.id) else { return nil }
            return ([], ["\(register) = map[fd:\(map)] ll"])
        case .mapKey, .mapValue, .memory, .fixedMemory, .stack:
            switch change {
            case .readOnly: return ([], ["\(register) = map[fd:\(pool.constants)][0]+0 ll"])
            case .short:
                guard case .fixedMemory(_, let size) = parameter.kind else { return nil }
                return onStack(size - 1)
            case .misaligned: return onStack(stack - 1)
            default: return onStack(stack)
            }
        case .size, .resultSize:
            return ([], ["\(register) = \(change == .zero ? 0 : change == .large ? 4096 : 16)"])
        case .constantString:
            return ([], ["\(register) = map[fd:\(pool.constants)][0]+0 ll"])
        case .newDynptr: return onStack(stack)
        case .socket, .socketCommon, .anySocket: return socket(register)
        case .structure("task_struct"):
            return (["call 158", "r9 = r0"], ["\(register) = r9"])
        case .function, .spinLock, .timer, .dynptr, .ringBufferRecord, .structure, .perCPUVariable,
            .kernelPointerField, .kernelPointer:
            return nil
        }
    }

    /// A socket that the program holds, where it can look one up.
    private func socket(_ register: String) -> Made? {
        guard type.mayCall(.skLookupTcp) else { return nil }
        return (
            [
                "r1 = r6", "r2 = r10", "r2 += -256", "r3 = 12", "r4 = -1", "r5 = 0", "call 84",
                "if r0 != 0 goto found", "exit", "found:", "r9 = r0",
            ], ["\(register) = r9"]
        )
    }
}

/// Maps of each type that a call can name.
struct HelperCallMaps {
    private var maps: [(type: MapType, map: KernelMap)] = []
    private let frozen: KernelMap

    /// The descriptor of a map that programs can only read, with strings in it.
    var constants: Int32 { frozen.descriptor.number }

    /// The descriptor of a map whose value programs can write.
    var variables: Int32 { array.descriptor.number }
    private let array: KernelMap

    init() throws {
        array = try LiveKernel.map(.array, key: 4, value: 64, entries: 1)
        frozen = try LiveKernel.map(
            .array, key: 4, value: 64, entries: 1, flags: .readOnlyForPrograms)
        try frozen.update([0, 0, 0, 0], Array("text\0".utf8) + [UInt8](repeating: 0, count: 59))
        try frozen.freeze()
        let shapes: [(MapType, UInt32, UInt32, UInt32)] = [
            (.hash, 8, 16, 4), (.array, 4, 16, 4), (.programArray, 4, 4, 4),
            (.perfEventArray, 4, 4, 4), (.stackTrace, 4, 80, 4), (.cgroupArray, 4, 4, 4),
            (.socketMap, 4, 4, 4), (.socketHash, 4, 4, 4), (.deviceMap, 4, 4, 4),
            (.queue, 0, 16, 4), (.ringBuffer, 0, 0, 4096), (.userRingBuffer, 0, 0, 4096),
            (.reusePortSocketArray, 4, 8, 4), (.perCPUArray, 4, 16, 4),
            (.cgroupStorageDeprecated, 16, 16, 0),
        ]
        for (type, key, value, entries) in shapes {
            let map = try? LiveKernel.map(type, key: key, value: value, entries: entries)
            if let map { maps.append((type, map)) }
        }
    }

    /// The descriptor of a map that a helper takes.
    func map(for helper: HelperID) -> Int32? {
        maps.first { $0.type.permits(helper) }?.map.descriptor.number
    }
}
