import EBPFBytecode
import EBPFObjectFile

/// Failed checks in functions that programs call: they end the program, not only the function.
///
/// Such a function returns a number that nothing else is likely to return, and who calls it ends,
/// too, when it sees that number. Functions that the kernel calls back cannot end the program: they
/// end the loop.
struct FailedCalls {
    /// What a function returns where a check fails: a number of 64 bits that is no result of fewer,
    /// no address, and odd.
    static let mark: UInt64 = 0x5eb9_f7a9_c0de_d15b

    /// The functions that return the mark.
    private(set) var marking: Set<RawObject.Place> = []

    /// - Parameter called: the functions that the kernel calls back.
    init(_ functions: [LinkedFunction], calledBack: Set<RawObject.Place>) {
        let own = functions.filter { !$0.isProgram && !calledBack.contains($0.place) }
        var found = true
        while found {
            found = false
            for function in own where !marking.contains(function.place) {
                guard !function.traps.isEmpty || !calls(of: function).isEmpty else { continue }
                marking.insert(function.place)
                found = true
            }
        }
    }

    /// The slots at which a function calls one that may return the mark.
    private func calls(of function: LinkedFunction) -> [Int] {
        function.calls.filter { _, callee in
            guard case .function(let place) = callee else { return false }
            return marking.contains(place)
        }.keys.sorted()
    }

    /// Lets a function end where one that it calls has failed.
    ///
    /// Each call gets an end of its own behind the function, which is a failed check like others.
    func follow(in function: inout LinkedFunction) throws(LinkFailure) {
        let calls = calls(of: function)
        guard !calls.isEmpty else { return }
        // r1 = mark ll; if r0 == r1 goto the end of this call
        let size = function.raw.instructions.count + 3 * calls.count
        var additions: [Int: [EncodedInstruction]] = [:]
        var ends: [Int] = []
        for (number, slot) in calls.enumerated() {
            let branch = slot + 3 * number + 3
            let end = size + number
            ends.append(end)
            additions[slot] = [
                EncodedInstruction(
                    opcode: 0x18, destination: 1,
                    immediate: Int32(truncatingIfNeeded: Self.mark)),
                EncodedInstruction(
                    opcode: 0, immediate: Int32(truncatingIfNeeded: Self.mark >> 32)),
                EncodedInstruction(
                    opcode: 0x1d, destination: 0, source: 1,
                    offset: Int16(clamping: end - branch - 1)),
            ]
            guard end - branch - 1 <= Int(Int16.max) else { throw tooLong(function) }
        }
        let insertion = CodeInsertion(function.raw.instructions, behind: additions)
        guard let edited = insertion.edited() else { throw tooLong(function) }
        function.calls = insertion.moved(function.calls)
        function.traps = insertion.moved(function.traps)
        function.raw.move(insertion)
        function.raw.instructions = edited
        for (end, slot) in zip(ends, calls) {
            // A call that is never made: what ends failed checks replaces it.
            function.raw.instructions.append(EncodedInstruction(opcode: 0x85))
            function.traps[end] = FailedCheck(reason: "", file: "", line: 0)
            function.inheritedTraps[end] = insertion.positions[slot]
        }
    }

    /// Gives a function that returns nothing a result, which its callers compare.
    func returnNumber(from function: inout LinkedFunction) throws(LinkFailure) {
        guard function.isVoid, marking.contains(function.place) else { return }
        let exit = EncodedInstruction(opcode: 0x95)
        let exits = function.raw.instructions.indices.filter {
            function.raw.instructions[$0] == exit
        }
        let insertion = CodeInsertion(
            function.raw.instructions,
            behind: Dictionary(uniqueKeysWithValues: exits.map { ($0, [exit]) }))
        guard var edited = insertion.edited() else { throw tooLong(function) }
        for exit in exits { edited[insertion.positions[exit]] = EncodedInstruction(opcode: 0xb7) }
        function.calls = insertion.moved(function.calls)
        function.traps = insertion.moved(function.traps)
        function.raw.move(insertion)
        function.raw.instructions = edited
    }

    private func tooLong(_ function: LinkedFunction) -> LinkFailure {
        LinkFailure(
            "this function is too long: it branches farther than an instruction can",
            at: function.line(0), remedy: "divide it, and mark the parts @inline(never)")
    }
}
