/// What an operation of the interpreter does: one case for every combination of operation, width
/// and operand kind, so that the loop decides everything with one jump.
enum Opcode: UInt8 {
    // Arithmetic on 64 bits, by a constant and by a register.
    case add64Immediate, subtract64Immediate, multiply64Immediate, divide64Immediate
    case or64Immediate, and64Immediate, shiftLeft64Immediate, shiftRight64Immediate
    case modulo64Immediate, xor64Immediate, shiftRightSigned64Immediate
    case divideSigned64Immediate, moduloSigned64Immediate
    case add64Register, subtract64Register, multiply64Register, divide64Register
    case or64Register, and64Register, shiftLeft64Register, shiftRight64Register
    case modulo64Register, xor64Register, shiftRightSigned64Register
    case divideSigned64Register, moduloSigned64Register
    case negate64, move64Immediate, move64Register

    // The same on the lower halves; the upper ones become zero.
    case add32Immediate, subtract32Immediate, multiply32Immediate, divide32Immediate
    case or32Immediate, and32Immediate, shiftLeft32Immediate, shiftRight32Immediate
    case modulo32Immediate, xor32Immediate, shiftRightSigned32Immediate
    case divideSigned32Immediate, moduloSigned32Immediate
    case add32Register, subtract32Register, multiply32Register, divide32Register
    case or32Register, and32Register, shiftLeft32Register, shiftRight32Register
    case modulo32Register, xor32Register, shiftRightSigned32Register
    case divideSigned32Register, moduloSigned32Register
    case negate32, move32Immediate, move32Register

    // Sign extension, cutting, swapping.
    case extend8To64, extend16To64, extend32To64, extend8To32, extend16To32
    case cut16, cut32, swap16, swap32, swap64

    // Branches on 64 bits and on the lower halves.
    case jump
    case ifEqual64Immediate, ifNotEqual64Immediate, ifGreater64Immediate
    case ifGreaterOrEqual64Immediate, ifLess64Immediate, ifLessOrEqual64Immediate
    case ifGreaterSigned64Immediate, ifGreaterOrEqualSigned64Immediate
    case ifLessSigned64Immediate, ifLessOrEqualSigned64Immediate, ifAnyBitSet64Immediate
    case ifEqual64Register, ifNotEqual64Register, ifGreater64Register
    case ifGreaterOrEqual64Register, ifLess64Register, ifLessOrEqual64Register
    case ifGreaterSigned64Register, ifGreaterOrEqualSigned64Register
    case ifLessSigned64Register, ifLessOrEqualSigned64Register, ifAnyBitSet64Register
    case ifEqual32Immediate, ifNotEqual32Immediate, ifGreater32Immediate
    case ifGreaterOrEqual32Immediate, ifLess32Immediate, ifLessOrEqual32Immediate
    case ifGreaterSigned32Immediate, ifGreaterOrEqualSigned32Immediate
    case ifLessSigned32Immediate, ifLessOrEqualSigned32Immediate, ifAnyBitSet32Immediate
    case ifEqual32Register, ifNotEqual32Register, ifGreater32Register
    case ifGreaterOrEqual32Register, ifLess32Register, ifLessOrEqual32Register
    case ifGreaterSigned32Register, ifGreaterOrEqualSigned32Register
    case ifLessSigned32Register, ifLessOrEqualSigned32Register, ifAnyBitSet32Register
    case mayJump

    // Memory.
    case load8, load16, load32, load64, loadSigned8, loadSigned16, loadSigned32
    case store8Immediate, store16Immediate, store32Immediate, store64Immediate
    case store8Register, store16Register, store32Register, store64Register
    case atomic32, atomic64, loadAcquire, storeRelease
    case loadPacketAbsolute, loadPacketIndirect

    // Calls.
    case callHelper, tailCall, callLocal, callRegister, callUnavailable, exit

    // Sequences in one; see `Fusion`.
    case sum64, difference64, xorOf64, sum32, xorOf32
    case joinedShifts64, joinedShifts32
    case loadElement8, loadElement16, loadElement32, loadElement64
    case add64From, multiply64From, and64From, shiftLeft64From, shiftRight64From
    case and32From, shiftLeft32From, shiftRight32From
    case addAndIfNotEqual64Register, addAndIfEqual64Register, addAndIfLess64Register
    case addAndIfNotEqual64Immediate, addAndIfEqual64Immediate, addAndIfLess64Immediate
    case addTwo64, moveTwo64

    /// The place after the last operation.
    case end
}
