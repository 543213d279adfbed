import EBPFBytecode

/// Calls of helpers and functions.
extension ARM64Emitter {
    mutating func emitCall(_ callee: Callee, _ step: Step) {
        switch callee {
        case .helper(UnitAnalysis.tailCallHelper): emitTailCall(step)
        case .helper(1) where emitArrayLookup() || emitLookup(step): break
        case .helper(let number):
            emitHelperCall(number, arguments: HelperArity.count(ofHelper: number), step)
        case .kernelFunction:
            let number = analysis.unit.kernelFunctions[Int(step.slot)] ?? -1
            emitHelperCall(number, arguments: 5, step)
        case .local:
            enterFrame(step)
            code.bl(entryLabel(ofFunctionAt: Int(step.target)))
            leaveFrame()
        case .register(let register): emitRegisterCall(register, step)
        }
        known.call()
    }

    // MARK: The runtime

    private mutating func emitHelperCall(_ number: Int32, arguments: Int, _ step: Step) {
        passToRuntime(
            RegisterSet(firstArguments: arguments).union(step.live.intersection(.arguments)), step)
        code.loadConstant(.x1, UInt64(UInt32(bitPattern: number)))
        callRuntime(.callHelper)
        takeBack(step.live)
        count(16, at: step)
    }

    /// Stores arguments where the runtime finds them, and says who calls.
    private mutating func passToRuntime(_ registers: RegisterSet, _ step: Step) {
        store(registers)
        keepFrame()
        setField(.site, UInt64(UInt32(bitPattern: step.slot)))
        code.mov(.doubleWord, .x0, ARM64Registers.state)
    }

    /// Stores arguments where the runtime finds them.
    private mutating func store(_ registers: RegisterSet) {
        for (first, second) in Self.pairs {
            switch (registers.contains(first), registers.contains(second)) {
            case (true, true):
                code.stp(.doubleWord, first.arm64, second.arm64, bank(first))
            case (true, false): code.str(.doubleWord, first.arm64, bank(first))
            case (false, true): code.str(.doubleWord, second.arm64, bank(second))
            case (false, false): break
            }
        }
        if registers.contains(.r5) { code.str(.doubleWord, .x5, bank(.r5)) }
    }

    /// Says on which frame the function that calls the runtime runs.
    private mutating func keepFrame() {
        code.add(
            .doubleWord, ARM64Registers.scratch, ARM64Registers.frame,
            .immediate(UInt64(Self.frameByteCount)))
        code.str(.doubleWord, ARM64Registers.scratch, field(.callingFrame))
    }

    /// Calls a function of the runtime; ends the run if that says so.
    private mutating func callRuntime(_ function: RunState.Field) {
        let scratch = ARM64Registers.scratch
        let counts = analysis.countsBudget
        if counts { code.str(.doubleWord, ARM64Registers.budget, field(.budget)) }
        code.ldr(.doubleWord, scratch, field(function))
        code.blr(scratch)
        code.ldr(.doubleWord, scratch, field(.ending))
        if counts { code.ldr(.doubleWord, ARM64Registers.budget, field(.budget)) }
        code.cbnz(.doubleWord, scratch, stubs.fault)
        loadWindows()
    }

    /// Loads arguments that are still needed; programs that a verifier has seen need none.
    private mutating func takeBack(_ live: RegisterSet) {
        for (first, second) in Self.pairs {
            switch (live.contains(first), live.contains(second)) {
            case (true, true): code.ldp(.doubleWord, first.arm64, second.arm64, bank(first))
            case (true, false): code.ldr(.doubleWord, first.arm64, bank(first))
            case (false, true): code.ldr(.doubleWord, second.arm64, bank(second))
            case (false, false): break
            }
        }
        if live.contains(.r5) { code.ldr(.doubleWord, .x5, bank(.r5)) }
    }

    private static let pairs: [(Register, Register)] = [(.r1, .r2), (.r3, .r4)]

    /// A register's word of the bank.
    private func bank(_ register: Register) -> ARM64Address {
        .offset(ARM64Registers.state, Int(register.rawValue) * 8)
    }

    /// Looks a value of an array up in place, if the array is known and the key is on the stack.
    private mutating func emitArrayLookup() -> Bool {
        guard let map = known.constant(.r1), let array = analysis.unit.arrays[map],
            let key = known.frameOffset(.r2), key >= -512, key <= -4
        else { return false }
        let (place, index, scratch) = (
            ARM64Registers.scratch, ARM64Registers.scratch2, ARM64Registers.scratch3
        )
        let offset = Int(key) + Self.frameByteCount
        if offset & 3 == 0 || offset < 256 {
            code.ldr(.word, index, .offset(ARM64Registers.frame, offset))
        } else {
            code.add(.doubleWord, index, ARM64Registers.frame, .immediate(UInt64(offset)))
            code.ldr(.word, index, .base(index))
        }
        code.loadConstant(place, array.start)
        if array.stride.nonzeroBitCount == 1 {
            code.add(
                .doubleWord, place, place,
                .shifted(index, .lsl, by: array.stride.trailingZeroBitCount))
        } else {
            code.loadConstant(scratch, UInt64(array.stride))
            code.madd(.doubleWord, place, index, scratch, place)
        }
        if array.cpuStride > 0 {
            code.ldr(.doubleWord, scratch, field(.cpu))
            code.add(
                .doubleWord, place, place,
                .shifted(scratch, .lsl, by: array.cpuStride.trailingZeroBitCount))
        }
        code.compareConstant(.word, index, Int64(array.count), scratch: scratch)
        code.csel(.doubleWord, .x0, place, .zero, if: .lo)
        return true
    }

    /// Asks the runtime for the value of a key, if the map is known and the key is on the stack: nothing
    /// can fail, and nothing is prepared for that.
    private mutating func emitLookup(_ step: Step) -> Bool {
        guard let map = known.constant(.r1), let byteCount = analysis.unit.keyByteCounts[map],
            let key = known.frameOffset(.r2), key >= -512, Int(key) + byteCount <= 0
        else { return false }
        let kept = step.live.intersection(.arguments)
        store(kept)
        code.mov(.doubleWord, .x0, ARM64Registers.state)
        code.loadConstant(.x1, map)
        code.add(
            .doubleWord, .x2, ARM64Registers.frame,
            .immediate(UInt64(Int(key) + Self.frameByteCount)))
        callRuntime(.lookUp)
        takeBack(kept)
        count(16, at: step)
        return true
    }

    // MARK: Functions

    /// Moves to the stack frame of the function that is about to be called.
    private mutating func enterFrame(_ step: Step) {
        count(1, at: step)
        let (frame, distance) = (ARM64Registers.frame, UInt64(Self.frameByteCount))
        if !analysis.unit.isVerified {
            let (top, limit) = (ARM64Registers.scratch, ARM64Registers.scratch2)
            let tooDeep = code.label()
            code.ldr(.doubleWord, limit, field(.stackLimit))
            code.add(.doubleWord, top, frame, .immediate(2 * distance))
            code.cmp(.doubleWord, top, .register(limit))
            code.b(if: .hi, tooDeep)
            detours.append(Detour(.leave(.frames), tooDeep, step))
        }
        code.add(.doubleWord, frame, frame, .immediate(distance))
    }

    private mutating func leaveFrame() {
        code.sub(
            .doubleWord, ARM64Registers.frame, ARM64Registers.frame,
            .immediate(UInt64(Self.frameByteCount)))
        if analysis.mayLeaveFunctions {
            code.str(.doubleWord, .x0, .preIndexed(.sp, -16))
            keepFrame()
            code.mov(.doubleWord, .x0, ARM64Registers.state)
            code.ldr(.doubleWord, ARM64Registers.scratch, field(.afterCall))
            code.blr(ARM64Registers.scratch)
            code.ldr(.doubleWord, .x0, .postIndexed(.sp, 16))
        }
        loadWindows()
    }

    /// Calls what a register points to: a function of the program, or a helper by its number.
    private mutating func emitRegisterCall(_ register: Register, _ step: Step) {
        let callee = ARM64Registers.value
        code.mov(.doubleWord, callee, register.arm64)
        code.str(.doubleWord, .x0, bank(.r0))
        passToRuntime(.arguments, step)
        code.mov(.doubleWord, .x1, callee)
        callRuntime(.callRegister)
        code.mov(.doubleWord, callee, .x0)
        // What a helper returned, or what r0 was: never the address of code.
        code.ldr(.doubleWord, .x0, bank(.r0))
        takeBack(.arguments)
        let isDone = code.label()
        code.cbz(.doubleWord, callee, isDone)
        enterFrame(step)
        code.blr(callee)
        leaveFrame()
        code.bind(isDone)
    }

    /// Replaces the running program: the function's frame goes, the other program's begins.
    private mutating func emitTailCall(_ step: Step) {
        passToRuntime(.arguments, step)
        callRuntime(.tailCall)
        takeBack(.arguments)
        let goesOn = code.label()
        code.cbz(.doubleWord, .x0, goesOn)
        code.mov(.doubleWord, ARM64Registers.scratch, .x0)
        emitEpilogue()
        code.br(ARM64Registers.scratch)
        code.bind(goesOn)
    }

    // MARK: Packets

    /// `LD_ABS` and `LD_IND`: a packet that is too short ends the function with 0.
    mutating func emitLoadPacket(_ size: MemorySize, _ offset: PacketOffset, _ step: Step) {
        let place = ARM64Registers.value
        switch offset {
        case .absolute(let constant):
            code.loadConstant(place, UInt64(bitPattern: Int64(constant)))
        case .indirect(let register, let constant):
            code.sxt(.word, .doubleWord, place, register.arm64)
            code.addConstant(
                .doubleWord, place, place, Int64(constant), scratch: ARM64Registers.scratch)
        }
        // The function may end here, and what called it may look at anything if nobody verified it.
        let kept = analysis.unit.isVerified ? step.live.intersection(.arguments) : .arguments
        passToRuntime(kept, step)
        code.mov(.doubleWord, .x1, place)
        code.loadConstant(.x2, UInt64(size.rawValue))
        callRuntime(.loadPacket)
        takeBack(kept)
        let isThere = code.label()
        code.cmn(.doubleWord, .x0, .immediate(1))
        code.b(if: .ne, isThere)
        code.mov(.doubleWord, .x0, .zero)
        emitReturn()
        code.bind(isThere)
        known.call()
    }
}
