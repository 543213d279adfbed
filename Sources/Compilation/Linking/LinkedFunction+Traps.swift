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

    /// Ends the function where a check fails, and gives back what it holds there.
    ///
    /// - Parameters:
    ///   - verdict: what is returned then.
    ///   - counters: counts the check, too, if there are any.
    /// - Returns: the checks at which it holds something that cannot be given back.
    mutating func endTraps(
        returning verdict: Int64, counters: inout TrapCounters?
    ) throws(LinkFailure) -> [LineInfo] {
        guard !traps.isEmpty else { return [] }
        let held = HeldResources(self)
        var (ends, lost): ([Int: Ending.End], [LineInfo]) = ([:], [])
        for (slot, check) in traps.sorted(by: { $0.key < $1.key }) {
            let releases = held.releases(at: slot)
            if releases == nil, let line = line(slot) { lost.append(line) }
            // What failed in a function that is called was counted there.
            let counter = inheritedTraps[slot] == nil ? counters?.offset(of: check) : nil
            ends[slot] = Ending.End(counter: counter, releases: releases ?? [])
        }
        let editor = CodeEditor(raw.instructions, ends: Set(traps.keys))
        let slots = ends.keys.sorted()
        let ending = Ending(
            slots.compactMap { ends[$0] }, from: editor.count, verdict, context: contextSlot)
        let places = ends.mapValues { ending.starts[$0] ?? ending.common }
        guard let edited = editor.edited(places) else { throw tooLong }
        let lines = lines(at: places)
        calls = editor.moved(calls)
        raw.move(editor, adding: lines)
        raw.instructions = edited + ending.code
        if let slot = ending.counterSlot { self.counters[slot] = ending.firstCounter }
        (traps, inheritedTraps) = ([:], [:])
        return lost
    }

    /// The user's lines of the code that is added.
    private func lines(at places: [Int: Int]) -> [LineInfo] {
        var lines: [LineInfo] = []
        for (slot, start) in places.sorted(by: { $0.key < $1.key }) {
            guard var line = line(slot), !lines.contains(where: { $0.slot == start })
            else { continue }
            line.slot = start
            lines.append(line)
        }
        return lines.sorted { $0.slot < $1.slot }
    }
}

/// What stands at the end of a function for its failed checks.
private struct Ending {
    /// What is done for a check: the same for all that count together and hold the same.
    struct End: Hashable {
        /// Where it counts: an offset in the section of counters.
        let counter: Int?
        let releases: [HeldResources.Release]

        /// `r1 = counter`, after what is given back.
        var code: [EncodedInstruction] {
            let number = counter.map {
                EncodedInstruction(opcode: 0xb7, destination: 1, immediate: Int32(clamping: $0))
            }
            return releases.flatMap(\.code) + [number].compactMap(\.self)
        }
    }

    /// The instructions.
    private(set) var code: [EncodedInstruction] = []
    /// Where the code of each check begins.
    private(set) var starts: [End: Int] = [:]
    /// Where they all go in the end.
    let common: Int
    /// The slot that loads the address of the counters.
    private(set) var counterSlot: Int?
    /// How far from their beginning that is.
    private(set) var firstCounter = 0

    /// - Parameter context: where a closure keeps the address of what it has captured.
    init(_ ends: [End], from start: Int, _ verdict: Int64, context: Int16?) {
        var unique: [End] = []
        for end in ends where !unique.contains(end) && !end.code.isEmpty { unique.append(end) }
        // Those that are not counted go behind the counting; the last one falls into its place.
        unique = unique.filter { $0.counter == nil } + unique.filter { $0.counter != nil }
        let isCounting = unique.last?.counter != nil
        // The only check that is counted needs no number.
        let isOnly = isCounting && unique.dropLast().last?.counter == nil
        if isOnly { firstCounter = unique.last?.counter ?? 0 }
        let length = unique.reduce(0) { $0 + $1.code.count + 1 } - (isOnly ? 2 : 1)
        let counting = start + max(0, length)
        let steps = Self.counting(addingNumber: !isOnly)
        common = counting + (isCounting ? steps.count : 0)
        for end in unique {
            starts[end] = start + code.count
            code += isOnly && end.counter != nil ? end.releases.flatMap(\.code) : end.code
            let target = end.counter == nil ? common : counting
            let distance = target - (start + code.count) - 1
            guard distance >= 0 else { break }
            code.append(EncodedInstruction(opcode: 0x05, offset: Int16(clamping: distance)))
        }
        if isCounting {
            counterSlot = counting
            code += steps
        }
        if let context { code += Self.marking(context) }
        // r0 = verdict; exit
        if let verdict = Int32(exactly: verdict) {
            code.append(EncodedInstruction(opcode: 0xb7, immediate: verdict))
        } else {
            let (low, high) = (Int32(truncatingIfNeeded: verdict), Int32(verdict >> 32))
            code.append(EncodedInstruction(opcode: 0x18, immediate: low))
            code.append(EncodedInstruction(opcode: 0, immediate: high))
        }
        code.append(EncodedInstruction(opcode: 0x95))
    }

    /// `r1 = *(u64 *)(r10 + context); *(u64 *)(r1 + 0) = 1`: whoever started the loop sees it.
    private static func marking(_ context: Int16) -> [EncodedInstruction] {
        [
            EncodedInstruction(opcode: 0x79, destination: 1, source: 10, offset: context),
            EncodedInstruction(opcode: 0x7a, destination: 1, immediate: 1),
        ]
    }

    /// `r2 = counters ll; r2 += r1; r1 = 1; lock *(u64 *)(r2 + 0) += r1`
    private static func counting(addingNumber: Bool) -> [EncodedInstruction] {
        let sum = EncodedInstruction(opcode: 0x0f, destination: 2, source: 1)
        return [EncodedInstruction(opcode: 0x18, destination: 2), EncodedInstruction(opcode: 0)]
            + (addingNumber ? [sum] : []) + [
                EncodedInstruction(opcode: 0xb7, destination: 1, immediate: 1),
                EncodedInstruction(opcode: 0xdb, destination: 2, source: 1),
            ]
    }
}
