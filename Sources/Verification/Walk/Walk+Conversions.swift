import EBPFBytecode

/// Instructions that change the order of bytes.
extension Walk {
    /// Cuts a number to some bytes, perhaps in the other order: the kernel's machine has the little one.
    mutating func convert(
        _ target: Register, _ size: MemorySize, swaps: Bool
    ) throws(Fault) {
        let operand = try readable(target)
        try requireWhole(operand, target)
        guard operand.kind == .scalar else { return state[Int(target.rawValue)].forget() }
        // What stays as it is stays linked, too.
        guard swaps || size != .doubleWord else { return }
        var number = operand.number
        swaps ? number.swapBytes(size.byteCount) : number.keepBytes(size.byteCount)
        setResult(number, of: operand, in: target)
    }
}
