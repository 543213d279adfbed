import EBPFBytecode
import EBPFObjectFile

/// The stack: 512 bytes a function, in slots of eight.
extension Walk {
    /// How many bytes of stack a function has (`MAX_BPF_STACK`).
    static let stackSize: Int64 = 512

    mutating func accessStack(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        let frame = Int(pointer.detail)
        let range = try stackRange(pointer, register, displacement, size)
        growStack(frame, range)
        fastCalls.touch(
            Int(state.frames[frame].function), offset: range.lowerBound, at: slot)
        let isFixed = pointer.number.isConstant
        if !isFixed, privileges.guardsSpeculation { throw unknownPlace(register) }
        if purpose == .read {
            return isFixed
                ? try readStack(frame, range.lowerBound, size)
                : try readStack(frame, range, register)
        }
        if isFixed {
            try writeStack(frame, range.lowerBound, size, value)
        } else {
            try writeStack(frame, range, value)
        }
        return .unknown
    }

    func unknownPlace(_ register: Register) -> Fault {
        Fault(
            .speculation,
            "\(register) points to an unknown place on the stack, and a processor that guesses "
                + "wrongly could read anything so; that takes CAP_PERFMON",
            suggestion: "keep arrays that are indexed by variables in a map")
    }

    /// The bytes, relative to the frame pointer, that an access may touch.
    func stackRange(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int
    ) throws(Fault) -> Range<Int64> {
        let fixed = Int64(pointer.offset) + displacement
        let low: Int64, high: Int64
        if let variable = pointer.number.constant {
            low = fixed &+ Int64(bitPattern: variable)
            high = low + Int64(size)
        } else {
            guard pointer.number.greatestSigned < Self.offsetLimit,
                pointer.number.leastSigned > -Self.offsetLimit
            else {
                throw Fault(
                    .unbounded, "\(register) points somewhere into the stack: nothing limits where")
            }
            low = fixed + pointer.number.leastSigned
            high = fixed + pointer.number.greatestSigned + Int64(size)
        }
        guard low >= -Self.stackSize, low < 0, high <= 0, low < high || size == 0 else {
            throw Fault(
                .stackBounds,
                pointer.number.isConstant
                    ? "bytes \(low)…\(high - 1) from the frame pointer are outside of the stack, "
                        + "which is at -512…-1"
                    : "bytes \(low)…\(high - 1) from the frame pointer may be accessed, but the "
                        + "stack is at -512…-1")
        }
        return low..<max(low, high)
    }

    mutating func growStack(_ frame: Int, _ range: Range<Int64>) {
        let slots = Int((-range.lowerBound + 7) / 8)
        guard slots > state.stacks[frame].count else { return }
        state.growStack(of: frame, to: slots)
        let function = Int(state.frames[frame].function)
        subject.functions[function].stackDepth = max(
            subject.functions[function].stackDepth, slots * 8)
    }

    /// The slot, and the byte in it, of an offset from the frame pointer.
    @inline(__always)
    static func place(_ offset: Int64) -> (slot: Int, byte: Int) {
        let below = Int(-offset - 1)
        return (below >> 3, 7 - below & 7)
    }

    // MARK: Reading

    private mutating func readStack(
        _ frame: Int, _ offset: Int64, _ size: Int
    ) throws(Fault) -> RegisterState {
        let (index, byte) = Self.place(offset)
        let slot = state.stacks[frame][index]
        noteRead(frame, index)
        guard slot.isSaved else { return try readBytes(slot, byte, size, frame, index) }
        let saved = slot.savedByteCount
        let register = slot.register
        if size == 8, saved == 8 {
            noteStackAccess(frame, index)
            return register
        }
        guard register.kind == .scalar else {
            throw Fault(
                .brokenPointer,
                "\(register.title) was saved in the stack at \(offset - Int64(byte)); only all of "
                    + "it can be read back, not \(size) bytes")
        }
        if size <= saved, byte == 0 {
            noteStackAccess(frame, index)
            var value = register
            if value.number.bitWidthInUse > size * 8 { unlink(&value) }
            return value
        }
        try checkWritten(slot, byte, size, frame, index)
        var savedCount = 0, zeroCount = 0
        for position in byte..<byte + size {
            switch slot.bytes[position] {
            case .saved: savedCount += 1
            case .zero: zeroCount += 1
            case .number, .invalid: break
            case .dynptr, .iterator, .interruptFlag: throw specialRead(offset)
            }
        }
        if savedCount == size, register.isZero {
            noteStackAccess(frame, index)
            return .constant(0)
        }
        return zeroCount == size ? .constant(0) : .unknown
    }

    private func readBytes(
        _ slot: StackSlot, _ byte: Int, _ size: Int, _ frame: Int, _ index: Int
    ) throws(Fault) -> RegisterState {
        if slot.bytes == .all(.zero) { return .constant(0) }
        try checkWritten(slot, byte, size, frame, index)
        var isZero = true
        for position in byte..<byte + size {
            switch slot.bytes[position] {
            case .zero: break
            case .number, .saved, .invalid: isZero = false
            case .dynptr, .iterator, .interruptFlag:
                throw specialRead(Int64(-(index + 1) * 8 + position))
            }
        }
        return isZero ? .constant(0) : .unknown
    }

    /// What nobody has written may be left of the kernel's own work.
    private func checkWritten(
        _ slot: StackSlot, _ byte: Int, _ size: Int, _ frame: Int, _ index: Int
    ) throws(Fault) {
        guard !privileges.seesKernel else { return }
        for position in byte..<byte + size where slot.bytes[position] == .invalid {
            throw unwritten(Int64(-(index + 1) * 8 + position))
        }
    }

    /// A place on the stack of which nothing is read must still be a part of what is in use.
    func checkUsed(_ frame: Int, _ range: Range<Int64>) throws(Fault) {
        guard !privileges.seesKernel, range.isEmpty,
            -range.lowerBound > Int64(state.stacks[frame].count) * 8
        else { return }
        throw unwritten(range.lowerBound)
    }

    private func unwritten(_ offset: Int64) -> Fault {
        Fault(
            .uninitializedStack,
            "the stack at \(offset) is read, but nobody has written it; that takes CAP_PERFMON",
            suggestion: "initialize all of it, padding included, before it is read or passed on")
    }

    /// An atomic operation gives back what was there, or shows it in what it makes of it.
    func refuseSavedPointer(
        _ pointer: RegisterState, _ displacement: Int64, _ size: Int
    ) throws(Fault) {
        guard !privileges.seesKernel, pointer.kind == .stack,
            let variable = pointer.number.constant
        else { return }
        let offset = Int64(pointer.offset) &+ Int64(bitPattern: variable) &+ displacement
        guard offset < 0, offset >= -Self.stackSize else { return }
        let (index, _) = Self.place(offset)
        let stack = state.stacks[Int(pointer.detail)]
        guard index < stack.count, stack[index].isSaved, stack[index].register.isPointer
        else { return }
        throw Fault(
            .pointerLeak,
            "\(stack[index].register.title) was saved in the stack at \(offset), and would become "
                + "a number; that takes CAP_PERFMON")
    }

    private func specialRead(_ offset: Int64) -> Fault {
        Fault(
            .uninitializedStack,
            "the stack at \(offset) holds an object that only its own functions may read")
    }

    /// Reads from one of several places.
    private mutating func readStack(
        _ frame: Int, _ range: Range<Int64>, _ register: Register
    ) throws(Fault) -> RegisterState {
        try checkReadable(frame, range, isOverwritten: false)
        return try joinedBytes(frame, range)
    }

    private func joinedBytes(_ frame: Int, _ range: Range<Int64>) throws(Fault) -> RegisterState {
        for offset in range {
            let (index, byte) = Self.place(offset)
            guard state.stacks[frame][index].bytes[byte] == .zero else { return .unknown }
        }
        return .constant(0)
    }

    /// Whether a helper, or a load at an unknown place, may read a range of the stack.
    mutating func checkReadable(
        _ frame: Int, _ range: Range<Int64>, isOverwritten: Bool
    ) throws(Fault) {
        growStack(frame, range)
        for offset in range {
            let (index, byte) = Self.place(offset)
            switch state.stacks[frame][index].bytes[byte] {
            case .number: break
            // Beside a saved number Linux looks no further.
            case .invalid
            where !privileges.seesKernel && !state.stacks[frame][index].isSavedScalar:
                throw unwritten(offset)
            case .zero, .invalid:
                if isOverwritten { state.stacks[frame][index].bytes[byte] = .number }
            case .saved:
                let saved = state.stacks[frame][index].register
                if isSecret(saved) {
                    throw Fault(
                        .pointerLeak,
                        "\(saved.title) was saved in the stack at \(offset), and its bytes would "
                            + "become visible; that takes CAP_PERFMON")
                }
                if isOverwritten {
                    state.stacks[frame][index].register.forget()
                    state.stacks[frame][index].forgetSaved()
                }
            case .dynptr, .iterator, .interruptFlag: throw specialRead(offset)
            }
            noteRead(frame, index)
        }
    }

    // MARK: Writing

    private mutating func writeStack(
        _ frame: Int, _ offset: Int64, _ size: Int, _ value: StoredValue?
    ) throws(Fault) {
        let (index, byte) = Self.place(offset)
        try keepSavedPointer(frame, index, size)
        try destroyDynptr(frame, index)
        guardStore(state.stacks[frame][index], size, value?.register == nil ? nil : value?.state)
        let isAligned = byte == 0
        noteWrite(frame, index, isWhole: size == 8)
        guard var stored = value?.state else {
            return writeBytes(frame, index, byte, size, .number)
        }
        if stored.kind == .scalar, isAligned, privileges.isTrusted {
            if let register = value?.register {
                if stored.number.bitWidthInUse <= size * 8 {
                    linkBeforeCopy(register, &stored)
                } else {
                    unlink(&stored)
                }
            }
            save(frame, index, stored, size)
            noteStackAccess(frame, index)
            return
        }
        if stored.isPointer {
            guard size == 8 else {
                throw Fault(
                    .pointerLeak,
                    "\(stored.title) is saved in \(size) bytes of stack; a pointer needs eight")
            }
            guard frame == state.current || stored.kind != .stack else {
                throw Fault(
                    .pointerLeak,
                    "a pointer to the stack would outlive its function in the caller's stack")
            }
            save(frame, index, stored, size)
            noteStackAccess(frame, index)
            return
        }
        var kind = StackSlot.Byte.number
        if stored.isZero {
            if let register = value?.register {
                try requirePrecision(of: Register.allCases[register])
            }
            kind = .zero
        }
        writeBytes(frame, index, byte, size, kind)
    }

    /// A pointer of which a part is overwritten is no pointer any more, but still says something.
    private func keepSavedPointer(_ frame: Int, _ index: Int, _ size: Int) throws(Fault) {
        let slot = state.stacks[frame][index]
        guard !privileges.seesKernel, size != 8, slot.isSaved, slot.register.isPointer
        else { return }
        throw Fault(
            .brokenPointer,
            "\(slot.register.title) was saved in the stack at \(-(index + 1) * 8); a part of it is "
                + "overwritten with \(size) bytes, which takes CAP_PERFMON")
    }

    private mutating func save(
        _ frame: Int, _ index: Int, _ value: RegisterState, _ size: Int
    ) {
        var slot = state.stacks[frame][index]
        slot.register = value
        for position in 0..<8 {
            if position < size {
                slot.bytes[position] = .saved
            } else if slot.bytes[position] != .zero, slot.bytes[position] != .invalid {
                slot.bytes[position] = .number
            }
        }
        state.stacks[frame][index] = slot
    }

    private mutating func writeBytes(
        _ frame: Int, _ index: Int, _ byte: Int, _ size: Int, _ kind: StackSlot.Byte
    ) {
        var slot = state.stacks[frame][index]
        if slot.isSpecial { slot.bytes = .all(.number) }
        slot.forgetSaved()
        slot.register = .uninitialized
        for position in byte..<min(byte + size, 8) { slot.bytes[position] = kind }
        state.stacks[frame][index] = slot
    }

    /// Writes to one of several places: all of them may have changed. Of a pointer that is saved so,
    /// only bytes remain.
    private mutating func writeStack(
        _ frame: Int, _ range: Range<Int64>, _ value: StoredValue?
    ) throws(Fault) {
        let isZero = value?.state.isZero ?? false
        var reliesOnZero = false
        for offset in range {
            let (index, byte) = Self.place(offset)
            try destroyDynptr(frame, index)
            var slot = state.stacks[frame][index]
            try checkOverwritten(slot.bytes[byte], offset)
            if isZero, slot.isSavedScalar, slot.bytes[byte] == .saved, slot.register.isZero {
                reliesOnZero = true
                continue
            }
            slot.forgetSaved()
            slot.register = .uninitialized
            if isZero, slot.bytes[byte] == .zero {
                reliesOnZero = true
            } else {
                slot.bytes[byte] = .number
            }
            state.stacks[frame][index] = slot
            noteWrite(frame, index, isWhole: false)
        }
        if reliesOnZero, let register = value?.register {
            try requirePrecision(of: Register.allCases[register])
        }
    }

    /// Whether the byte is written is not known: so it is not known afterwards what it is.
    private func checkOverwritten(_ byte: StackSlot.Byte, _ offset: Int64) throws(Fault) {
        guard !privileges.seesKernel, byte != .number, byte != .zero else { return }
        guard byte != .invalid else { throw unwritten(offset) }
        throw Fault(
            .brokenPointer,
            "what was saved in the stack at \(offset) may be overwritten, which takes CAP_PERFMON")
    }

    /// A helper writes a range.
    mutating func overwriteStack(_ frame: Int, _ range: Range<Int64>) throws(Fault) {
        growStack(frame, range)
        fastCalls.touch(
            Int(state.frames[frame].function), offset: range.lowerBound, at: slot)
        for offset in range {
            let (index, byte) = Self.place(offset)
            try keepSavedPointer(frame, index, 1)
            try destroyDynptr(frame, index)
            guardStore(state.stacks[frame][index], 1, nil)
            writeBytes(frame, index, byte, 1, .number)
            noteWrite(frame, index, isWhole: false)
        }
    }

    // MARK: Notes for later

    /// The slot was read or written as a register: walking back can go on with it.
    private mutating func noteStackAccess(_ frame: Int, _ index: Int) {
        let last = ownEntry()
        state.history[last].stackSlot = Int16(index)
        state.history[last].stackFrame = Int8(frame)
    }

    @inline(__always)
    mutating func noteRead(_ frame: Int, _ index: Int) {
        stackLiveness.noteRead(
            instance: Int(state.frames[state.current].instance), slot: slot, frame: frame,
            stackSlot: index)
    }

    mutating func noteWrite(_ frame: Int, _ index: Int, isWhole: Bool) {
        guard isWhole else { return }
        writtenSlot = (frame, index)
    }
}

extension Scalar {
    /// How many of the lowest bits are not certainly zero.
    var bitWidthInUse: Int { 64 - greatest.leadingZeroBitCount }
}
