import EBPFBytecode

/// What the translation of one function needs to know about its frame.
struct X86Frame {
    /// The preserved registers that it puts on the host's stack, in the order of pushing.
    private(set) var saved: [X86Register] = []
    /// How many bytes lie below them.
    private(set) var localByteCount: Int32 = 0
    /// Whether it keeps the address of its eBPF stack frame.
    private(set) var keepsFrameAddress = false
    /// The region whose difference the window register holds.
    private(set) var window: AccessPlan?
    /// Whether another program may have taken the place of a function that it calls.
    private(set) var mayBeLeft = false

    /// Where the program's address of the frame's top is.
    let frameAddress = X86Place(.rsp, 0)
    /// Where the difference of the frame's region is.
    let frameDifference = X86Place(.rsp, 8)

    init() {}

    init(_ function: FunctionShape, _ analysis: UnitAnalysis) {
        for register in Register.allCases where function.changed.contains(register) {
            saved.append(register.x86)
        }
        keepsFrameAddress =
            function.takesFrameAddress
            || function.steps.contains { analysis.plan(analysis.steps[$0]) == .frame }
        localByteCount = keepsFrameAddress ? 16 : 0
        // Calls want the host's stack aligned to 16 bytes; the return address takes 8.
        if (saved.count * 8 + Int(localByteCount) + 8) % 16 != 0 { localByteCount += 8 }
        window = Self.window(of: function, analysis)
        mayBeLeft = analysis.functions.dropFirst().contains(where: \.hasTailCalls)
    }

    /// The region that is accessed most, loops counted eightfold, if that is worth a register.
    private static func window(
        of function: FunctionShape, _ analysis: UnitAnalysis
    ) -> AccessPlan? {
        guard function.accessesMemory else { return nil }
        var weights: [AccessPlan: Int] = [:]
        var depthAt = Array(repeating: Int8(0), count: function.steps.count)
        for index in function.steps {
            let target = Int(analysis.steps[index].target)
            guard target >= 0, target <= index, !analysis.steps[index].instruction.namesFunction
            else { continue }
            for inside in target...index {
                depthAt[inside - function.steps.lowerBound] = min(
                    4, depthAt[inside - function.steps.lowerBound] + 1)
            }
        }
        for index in function.steps {
            let step = analysis.steps[index]
            guard let base = step.instruction.accessBase else { continue }
            switch analysis.plan(step) {
            // Unproved accesses need the register to compare.
            case .checked where base != .r10: return nil
            case .region, .frame:
                guard base != .r10 else { continue }
                weights[analysis.plan(step), default: 0] +=
                    1 << (3 * Int(depthAt[index - function.steps.lowerBound]))
            default: break
            }
        }
        guard let best = weights.max(by: { $0.value < $1.value }), best.value >= 4
        else { return nil }
        return best.key
    }
}

extension Instruction {
    /// The register with the address of an access to memory.
    var accessBase: Register? {
        switch self {
        case .load(_, _, let place), .loadSigned(_, _, let place), .loadAcquire(_, _, let place),
            .store(_, let place, _), .storeRelease(_, let place, _), .atomic(_, _, let place, _):
            place.base
        default: nil
        }
    }
}
