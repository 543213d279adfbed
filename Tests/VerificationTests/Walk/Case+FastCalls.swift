import EBPFBytecode
import EBPFObjectFile

extension Case {
    /// Registers that are saved around calls that leave them alone: the stack for that is none.
    static let fastCalls: [Case] = [
        saving("what is saved around a fast call is taken out", .schedulerClassifier, spills(8)),
        saving(
            "programs at sockets call the function for it", .socketFilter, spills(8),
            .stackTooLarge),
        saving(
            "other functions are called, too", .schedulerClassifier, spills(5), .stackTooLarge),
        saving(
            "what is saved is also read", .schedulerClassifier,
            spills(8) + "r0 = *(u64 *)(r10 - 40) \n", .stackTooLarge),
        saving(
            "a part of what is saved is also written", .schedulerClassifier,
            spills(8) + "*(u32 *)(r10 - 36) = 0 \n", .stackTooLarge),
        saving(
            "what is saved is also a key", .schedulerClassifier,
            spills(8) + "r2 = r10 \n r2 += -40 \n r1 = values ll \n call 1 \n"),
        saving(
            "something else is saved further down", .schedulerClassifier,
            spills(8) + "r6 = 1 \n *(u64 *)(r10 - 48) = r6 \n", .stackTooLarge),
        saving(
            "a fast call and another one save in the same place", .schedulerClassifier,
            spills(8) + spills(5), .stackTooLarge),
        saving(
            "two fast calls save in the same place", .schedulerClassifier, spills(8) + spills(8)),
        saving(
            "the registers come back in another order", .schedulerClassifier,
            "r1 = 1 \n r2 = 2 \n *(u64 *)(r10 - 32) = r1 \n *(u64 *)(r10 - 40) = r2 \n call 8 \n"
                + "r1 = *(u64 *)(r10 - 32) \n r2 = *(u64 *)(r10 - 40) \n", .stackTooLarge),
        saving(
            "a register that calls do not change is saved", .schedulerClassifier,
            "r6 = 1 \n *(u64 *)(r10 - 40) = r6 \n call 8 \n r6 = *(u64 *)(r10 - 40) \n",
            .stackTooLarge),
    ]

    /// A function after a caller that has 480 of the 512 bytes.
    private static func saving(
        _ name: String, _ type: ProgramType, _ body: String, _ code: Rejection.Code? = nil
    ) -> Case {
        Case(
            name, type,
            "*(u64 *)(r10 - 480) = 0 \n call f \n r0 = 0 \n exit \n f: \n" + body
                + "r0 = 0 \n exit", code)
    }

    /// A call, around which all registers for arguments are saved.
    private static func spills(_ helper: Int) -> String {
        let registers = 1...5
        return registers.map { "r\($0) = \($0) \n" }.joined()
            + registers.map { "*(u64 *)(r10 - \($0 * 8)) = r\($0) \n" }.joined()
            + "call \(helper) \n"
            + registers.reversed().map { "r\($0) = *(u64 *)(r10 - \($0 * 8)) \n" }.joined()
    }
}
