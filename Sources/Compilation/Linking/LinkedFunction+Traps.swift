import EBPFBytecode
import EBPFObjectFile

extension LinkedFunction {
    /// The function that the verifier knows as one that must never be reached (Linux 6.17).
    private static let trap = "__bpf_trap"

    /// Leaves the failed checks to the verifier, which must prove that there are none.
    mutating func keepTraps() {
        for slot in traps.keys { calls[slot] = .kernel(Self.trap) }
        // A function must not end in a call.
        if traps[raw.instructions.count - 1] != nil {
            raw.instructions.append(EncodedInstruction(word: 0x95))
        }
    }

    /// Ends the function where a check fails.
    ///
    /// - Parameters:
    ///   - verdict: what is returned then.
    ///   - counters: counts the check, too, if there are any.
    mutating func endTraps(
        returning verdict: Int32, counters: inout TrapCounters?
    ) throws(LinkFailure) {
        guard !traps.isEmpty else { return }
        let editor = CodeEditor(raw.instructions, ends: Set(traps.keys))
        let slots = traps.keys.sorted()
        let ending: Ending
        if counters != nil {
            ending = Ending(counting: slots.compactMap { traps[$0] }, from: editor.count, verdict) {
                counters?.offset(of: $0) ?? 0
            }
        } else {
            ending = Ending(from: editor.count, verdict)
        }
        let places = traps.mapValues { ending.starts[$0] ?? editor.count }
        guard let edited = editor.edited(places) else {
            throw LinkFailure(
                "this function is too long: it branches farther than an instruction can",
                at: line(0), remedy: "divide it, and mark the parts @inline(never)")
        }
        let lines = linesOfStubs(ending)
        calls = editor.moved(calls)
        raw.move(editor, adding: lines)
        raw.instructions = edited + ending.code
        if let slot = ending.counterSlot { self.counters[slot] = 0 }
        traps = [:]
    }

    /// The user's lines of the code that is added.
    private func linesOfStubs(_ ending: Ending) -> [LineInfo] {
        var lines: [LineInfo] = []
        for (slot, site) in traps.sorted(by: { $0.key < $1.key }) {
            guard let start = ending.starts[site], var line = line(slot),
                !lines.contains(where: { $0.slot == start })
            else { continue }
            line.slot = start
            lines.append(line)
        }
        return lines.sorted { $0.slot < $1.slot }
    }
}

/// What stands at the end of a function for its failed checks.
private struct Ending {
    /// The instructions.
    var code: [EncodedInstruction] = []
    /// Where the code of each check begins.
    var starts: [FailedCheck: Int] = [:]
    /// The slot that loads the address of the counters.
    var counterSlot: Int?

    /// `r0 = verdict; exit`, for all of them.
    init(from start: Int, _ verdict: Int32) { leave(verdict) }

    /// Each loads the offset of its counter, then all go the same way.
    init(
        counting sites: [FailedCheck], from start: Int, _ verdict: Int32,
        _ offset: (FailedCheck) -> Int
    ) {
        var unique: [FailedCheck] = []
        for site in sites where !unique.contains(site) { unique.append(site) }
        let common = start + 2 * unique.count - 1
        for site in unique {
            starts[site] = start + code.count
            // r1 = offset; goto common
            code.append(
                EncodedInstruction(
                    opcode: 0xb7, destination: 1, immediate: Int32(clamping: offset(site))))
            let distance = common - (start + code.count) - 1
            guard distance >= 0 else { break }
            code.append(EncodedInstruction(opcode: 0x05, offset: Int16(clamping: distance)))
        }
        counterSlot = common
        // r2 = counters ll; r2 += r1; r1 = 1; lock *(u64 *)(r2 + 0) += r1
        code.append(EncodedInstruction(opcode: 0x18, destination: 2))
        code.append(EncodedInstruction(opcode: 0))
        code.append(EncodedInstruction(opcode: 0x0f, destination: 2, source: 1))
        code.append(EncodedInstruction(opcode: 0xb7, destination: 1, immediate: 1))
        code.append(EncodedInstruction(opcode: 0xdb, destination: 2, source: 1))
        leave(verdict)
    }

    private mutating func leave(_ verdict: Int32) {
        code.append(EncodedInstruction(opcode: 0xb7, immediate: verdict))
        code.append(EncodedInstruction(opcode: 0x95))
    }
}
