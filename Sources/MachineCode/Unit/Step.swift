import EBPFBytecode

/// One instruction of a unit, with what the back ends ask about it.
struct Step {
    let slot: Int32
    /// The step that a branch or local call goes to, or -1.
    var target: Int32 = -1
    let instruction: Instruction
    var traits: InstructionTraits
    /// The registers whose values are still needed after this step.
    var live = RegisterSet.none
    /// Whether a branch or a function begins here: nothing is known about registers.
    var isTarget = false
    /// Whether a branch from behind comes here.
    var isLoopHead = false

    init(_ instruction: Instruction, slot: Int, isVerified: Bool) {
        self.slot = Int32(slot)
        self.instruction = instruction
        traits = InstructionTraits(instruction, isVerified: isVerified)
    }

    /// The registers whose values are needed before it.
    @inline(__always)
    var needed: RegisterSet { live.subtracting(traits.writes).union(traits.reads) }

    /// The step to go on with, if it is a branch; functions that it names are none.
    @inline(__always)
    var branchTarget: Int? { target >= 0 && !traits.namesFunction ? Int(target) : nil }
}
