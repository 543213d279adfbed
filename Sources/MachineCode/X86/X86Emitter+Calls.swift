import EBPFBytecode

/// Calls of helpers and functions.
extension X86Emitter {
    /// How far apart the stack frames of nested functions are, in bytes (`MAX_BPF_STACK`).
    static let frameByteCount: Int32 = 512

    mutating func emitCall(_ callee: Callee, _ step: Step) {
        switch callee {
        case .helper(UnitAnalysis.tailCallHelper): emitTailCall(step)
        case .helper(1) where emitArrayLookup() || emitLookup(step): break
        case .helper(let number):
            emitHelperCall(
                UInt64(UInt32(bitPattern: number)),
                arguments: HelperArity.count(ofHelper: number), step)
        case .kernelFunction:
            let number = analysis.unit.kernelFunctions[Int(step.slot)] ?? -1
            emitHelperCall(UInt64(UInt32(bitPattern: number)), arguments: 5, step)
        case .local:
            enterFrame(step)
            code.call(entryLabel(ofFunctionAt: Int(step.target)))
            leaveFrame(step)
        case .register(let register): emitRegisterCall(register, step)
        }
        known.call()
    }

    // MARK: Helpers

    private mutating func emitHelperCall(_ index: UInt64, arguments: Int, _ step: Step) {
        passToRuntime(
            RegisterSet(firstArguments: arguments).union(step.live.intersection(.arguments)), step)
        code.move(.rsi, constant: index)
        code.call(field(.callHelper))
        returnFromRuntime(step)
        takeBack(step.live)
        count(16, at: step)
    }

    /// Stores arguments where the runtime finds them, and says who calls.
    private mutating func passToRuntime(_ registers: RegisterSet, _ step: Step) {
        for register in Register.arguments where registers.contains(register) {
            code.store(.doubleWord, bank(register), register.x86)
        }
        code.store(.doubleWord, field(.callingFrame), .rbp)
        code.store(.doubleWord, field(.site), constant: step.slot)
        code.move(.doubleWord, .rdi, X86Registers.state)
    }

    /// Ends the run if the runtime says so.
    private mutating func returnFromRuntime(_ step: Step) {
        code.apply(.compare, .word, field(.ending), 0)
        code.jump(if: .notEqual, stubs.fault)
        reloadWindow()
    }

    /// Loads arguments that are still needed; programs that a verifier has seen need none.
    private mutating func takeBack(_ live: RegisterSet) {
        for register in Register.arguments where live.contains(register) {
            code.load(.doubleWord, register.x86, bank(register))
        }
    }

    /// Looks a value of an array up in place, if the array is known and the key is on the stack.
    private mutating func emitArrayLookup() -> Bool {
        guard let map = known.constant(.r1), let array = analysis.unit.arrays[map],
            let key = known.frameOffset(.r2), key >= -512, key <= -4
        else { return false }
        let isMissing = code.makeLabel()
        let isDone = code.makeLabel()
        code.load(.word, .rax, X86Place(.rbp, key))
        code.apply(.compare, .word, .rax, Int32(bitPattern: array.count))
        code.jump(if: .aboveOrEqual, isMissing)
        if array.stride & (array.stride &- 1) == 0 {
            let distance = UInt8(array.stride.trailingZeroBitCount)
            if distance > 0 { code.shift(.left, .doubleWord, .rax, by: distance) }
        } else {
            code.multiply(.doubleWord, .rax, .rax, Int32(bitPattern: array.stride))
        }
        code.move(X86Registers.scratch, constant: array.start)
        code.apply(.add, .doubleWord, .rax, X86Registers.scratch)
        if array.cpuStride > 0 {
            code.load(.doubleWord, X86Registers.scratch, field(.cpu))
            code.shift(
                .left, .doubleWord, X86Registers.scratch,
                by: UInt8(array.cpuStride.trailingZeroBitCount))
            code.apply(.add, .doubleWord, .rax, X86Registers.scratch)
        }
        code.jump(isDone)
        code.place(isMissing)
        code.clear(.rax)
        code.place(isDone)
        return true
    }

    /// Asks the runtime for the value of a key, if the map is known and the key is on the stack: nothing
    /// can fail, and nothing is prepared for that.
    private mutating func emitLookup(_ step: Step) -> Bool {
        guard let map = known.constant(.r1), let byteCount = analysis.unit.keyByteCounts[map],
            let key = known.frameOffset(.r2), key >= -512, Int(key) + byteCount <= 0
        else { return false }
        let kept = step.live.intersection(.arguments)
        for register in Register.arguments where kept.contains(register) {
            code.store(.doubleWord, bank(register), register.x86)
        }
        code.move(.doubleWord, .rdi, X86Registers.state)
        code.move(.rsi, constant: map)
        code.loadAddress(.doubleWord, .rdx, X86Place(.rbp, key))
        code.call(field(.lookUp))
        reloadWindow()
        takeBack(kept)
        count(16, at: step)
        return true
    }

    // MARK: Functions

    /// Moves to the stack frame of the function that is about to be called.
    private mutating func enterFrame(_ step: Step) {
        count(1, at: step)
        code.apply(.add, .doubleWord, .rbp, Self.frameByteCount)
        guard !analysis.unit.isVerified else { return }
        code.apply(.compare, .doubleWord, .rbp, field(.stackLimit))
        let tooDeep = code.makeLabel()
        code.jump(if: .above, tooDeep)
        detours.append(Detour(.leave(.frames), tooDeep, step))
    }

    private mutating func leaveFrame(_ step: Step) {
        code.apply(.subtract, .doubleWord, .rbp, Self.frameByteCount)
        if analysis.mayLeaveFunctions {
            code.push(.rax)
            code.apply(.subtract, .doubleWord, .rsp, 8)
            code.store(.doubleWord, field(.callingFrame), .rbp)
            code.move(.doubleWord, .rdi, X86Registers.state)
            code.call(field(.afterCall))
            code.apply(.add, .doubleWord, .rsp, 8)
            code.pop(.rax)
        }
        reloadWindow()
    }

    /// Calls what a register points to: a function of the program, or a helper by its number.
    private mutating func emitRegisterCall(_ register: Register, _ step: Step) {
        if register == .r10 {
            code.load(.doubleWord, X86Registers.scratch, frame.frameAddress)
        } else {
            code.move(.doubleWord, X86Registers.scratch, register.x86)
        }
        passToRuntime(.arguments, step)
        code.store(.doubleWord, bank(.r0), .rax)
        code.move(.doubleWord, .rsi, X86Registers.scratch)
        code.call(field(.callRegister))
        returnFromRuntime(step)
        let isHelper = code.makeLabel()
        code.move(.doubleWord, X86Registers.scratch, .rax)
        takeBack(.arguments)
        // What a helper returned, or what was there before.
        code.load(.doubleWord, .rax, bank(.r0))
        code.test(.doubleWord, X86Registers.scratch, X86Registers.scratch)
        code.jump(if: .equal, isHelper)
        enterFrame(step)
        code.call(X86Registers.scratch)
        leaveFrame(step)
        code.place(isHelper)
    }

    /// Replaces the running program: the function's frame goes, the other program's begins.
    private mutating func emitTailCall(_ step: Step) {
        passToRuntime(.arguments, step)
        code.call(field(.tailCall))
        returnFromRuntime(step)
        code.move(.doubleWord, X86Registers.scratch, .rax)
        takeBack(.arguments)
        let goesOn = code.makeLabel()
        code.test(.doubleWord, X86Registers.scratch, X86Registers.scratch)
        code.jump(if: .equal, goesOn)
        emitEpilogue()
        code.jump(to: X86Registers.scratch)
        code.place(goesOn)
    }

    // MARK: Packets

    /// `LD_ABS` and `LD_IND`: a packet that is too short ends the function with 0.
    mutating func emitLoadPacket(_ size: MemorySize, _ offset: PacketOffset, _ step: Step) {
        switch offset {
        case .absolute(let constant):
            code.move(X86Registers.scratch, constant: UInt64(bitPattern: Int64(constant)))
        case .indirect(let register, let constant):
            if register == .r10 {
                code.loadSigned(.word, X86Registers.scratch, frame.frameAddress)
            } else {
                code.extendSign(
                    from: .word, to: .doubleWord, X86Registers.scratch, register.x86)
            }
            code.apply(.add, .doubleWord, X86Registers.scratch, constant)
        }
        let kept =
            analysis.unit.isVerified ? step.live.intersection(.arguments) : RegisterSet.arguments
        passToRuntime(kept, step)
        code.move(.doubleWord, .rsi, X86Registers.scratch)
        code.move(.rdx, constant: UInt64(size.rawValue))
        code.call(field(.loadPacket))
        returnFromRuntime(step)
        takeBack(kept)
        let isThere = code.makeLabel()
        code.apply(.compare, .doubleWord, .rax, -1)
        code.jump(if: .notEqual, isThere)
        code.clear(.rax)
        emitEpilogue()
        code.returnToCaller()
        code.place(isThere)
        known.call()
    }
}
