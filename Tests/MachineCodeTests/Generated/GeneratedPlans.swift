import EBPFBytecode

@testable import EBPFMachineCode

/// What a verifier would say about the accesses of generated programs, found from the way in which
/// the generator writes them.
enum GeneratedPlans {
    /// A plan for each slot; `nil` if the program changes r6, so that nothing is certain.
    static func plans(of program: [EncodedInstruction]) throws -> [AccessPlan]? {
        var plans = Array(repeating: AccessPlan.checked, count: program.count)
        var origins: [Register: AccessPlan] = [.r6: .region(2)]
        for (slot, instruction) in try Instruction.decode(program) {
            let traits = InstructionTraits(instruction, isVerified: true)
            if let base = traits.base { plans[slot] = origins[base] ?? .proved }
            switch instruction {
            case .move(.doubleWord, .r6, .register(.r1)): break
            case .loadImmediate(.r6, .constant(GuestMemory.contextAddress)): break
            case .move(.doubleWord, let register, .register(.r10)): origins[register] = .frame
            case .loadImmediate(let register, .constant(let value)):
                let region = UInt16(truncatingIfNeeded: value >> 32)
                origins[register] = [64, 65].contains(value >> 32) ? .region(region) : nil
            case .arithmetic(.add, .doubleWord, let register, .immediate)
            where register != .r6: break
            default:
                for register in Register.allCases where traits.writes.contains(register) {
                    if register == .r6 { return nil }
                    origins[register] = nil
                }
            }
        }
        return plans
    }
}
