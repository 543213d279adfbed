import EBPFBytecode
import EBPFObjectFile

/// Addresses of code as programs see them, and the names of the functions there.
extension Machine {
    /// The text of `%ps`, `%pS` and `%pB`: a function of the program, else the number.
    ///
    /// - Parameter isReturnAddress: look one instruction back, because a call may be a function's
    ///   last instruction.
    func symbol(of address: UInt64, hasOffset: Bool, isReturnAddress: Bool = false) -> [UInt8] {
        guard let operation = Address.operation(ofFunction: address), let program,
            let slot = program.code.slot(ofOperation: isReturnAddress ? operation - 1 : operation),
            let function = program.spec.function(at: slot)
        else { return Array("0x\(String(address, radix: 16))".utf8) }
        guard hasOffset else { return Array(function.name.utf8) }
        let size = EncodedInstruction.byteCount
        let next = program.spec.functions.map(\.slot).filter { $0 > function.slot }.min()
        let end = next ?? program.spec.instructions.count
        let distance = slot - function.slot + (isReturnAddress ? 1 : 0)
        return Array(
            (function.name + "+0x" + String(distance * size, radix: 16) + "/0x"
                + String((end - function.slot) * size, radix: 16)).utf8
        )
    }

    /// Where each function that is active goes on, innermost first, as addresses of code.
    var returnAddresses: [UInt64] {
        returnOperations.map { Address.function(atOperation: $0) }
    }
}
