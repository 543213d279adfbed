import EBPFBytecode
import EBPFObjectFile

/// Failed checks in functions that programs call, and in closures that the kernel calls back for
/// them: they end the program, not only the function.
///
/// A function returns a number that nothing else is likely to return, and who calls it ends, too,
/// when it sees that number. A closure of a loop has no other answer than to stop; it leaves a mark
/// in the header of what it has captured, which is on the stack of who started the loop, and who
/// started it looks for the mark. A closure of a timer only ends itself: the program is long over.
struct FailedCalls {
    /// What a function returns where a check fails: a number of 64 bits that is no result of fewer,
    /// no address, and odd.
    static let mark: UInt64 = 0x5eb9_f7a9_c0de_d15b

    /// The functions and closures that tell whoever called them that a check has failed.
    private(set) var failing: Set<RawObject.Place> = []
    /// Functions that loops call back, and programs call, too: those give them nothing in which they
    /// could leave a mark.
    private(set) var shared: Set<RawObject.Place> = []
    private let closures: Set<RawObject.Place>

    init(_ functions: [LinkedFunction]) {
        closures = Set(functions.filter { $0.callback != nil }.map(\.place))
        for case .function(let place) in functions.flatMap(\.calls.values)
        where closures.contains(place) {
            shared.insert(place)
        }
        let shared = shared
        let own = functions.filter {
            !$0.isProgram && $0.callback != .timer && !shared.contains($0.place)
        }
        var found = true
        while found {
            found = false
            for function in own where !failing.contains(function.place) {
                guard !function.traps.isEmpty || !sites(in: function).isEmpty else { continue }
                failing.insert(function.place)
                found = true
            }
        }
    }

    /// The slots at which a function calls one that may fail.
    private func sites(in function: LinkedFunction) -> [Int] {
        let calls = function.calls.filter { _, callee in
            guard case .function(let place) = callee else { return false }
            return failing.contains(place) && !closures.contains(place)
        }
        let loops = function.loops.filter { !$0.value.bodies.isDisjoint(with: failing) }
        return (Array(calls.keys) + loops.keys).sorted()
    }

    /// Lets a function end where one that it calls has failed, and a closure say that it has.
    ///
    /// Each call gets an end of its own behind the function, which is a failed check like others.
    func follow(in function: inout LinkedFunction) throws(LinkFailure) {
        let sites = sites(in: function)
        let start = try keepContext(of: &function)
        guard !sites.isEmpty || !start.isEmpty else { return }
        var room = Room()
        var (before, behind): ([Int: [EncodedInstruction]], [Int: [EncodedInstruction]]) = (
            [:], [:]
        )
        for slot in sites {
            guard let loop = function.loops[slot] else {
                behind[slot] = Self.test
                continue
            }
            let place = try room.place(loop, &function)
            before[slot] = place.before
            behind[slot] = place.behind
        }
        let insertion = CodeInsertion(
            function.raw.instructions, start: start, before: before, behind: behind)
        try function.insert(insertion)
        for slot in sites {
            let end = function.raw.instructions.count
            let branch = insertion.positions[slot] + (behind[slot]?.count ?? 0)
            guard function.raw.instructions[branch].branch(to: end, from: branch) else {
                throw function.tooLong
            }
            // A call that is never made: what ends failed checks replaces it.
            function.raw.instructions.append(EncodedInstruction(opcode: 0x85))
            function.traps[end] = FailedCheck(reason: "", file: "", line: 0)
            function.inheritedTraps[end] = insertion.positions[slot]
        }
    }

    /// `r1 = mark ll; if r0 == r1 goto …`
    private static let test = [
        EncodedInstruction(
            opcode: 0x18, destination: 1, immediate: Int32(truncatingIfNeeded: mark)),
        EncodedInstruction(opcode: 0, immediate: Int32(truncatingIfNeeded: mark >> 32)),
        EncodedInstruction(opcode: 0x1d, destination: 0, source: 1),
    ]

    /// Lets a closure that may fail keep the address of what it has captured.
    private func keepContext(
        of function: inout LinkedFunction
    ) throws(LinkFailure) -> [EncodedInstruction] {
        guard case .loop(let register) = function.callback, failing.contains(function.place) else {
            return []
        }
        let slot = try function.newSlot()
        function.contextSlot = slot
        return [
            EncodedInstruction(opcode: 0x7b, destination: 10, source: register, offset: slot)
        ]
    }

    /// Gives a function that returns nothing a result, which its callers compare.
    func returnNumber(from function: inout LinkedFunction) throws(LinkFailure) {
        guard function.isVoid, function.callback == nil, failing.contains(function.place) else {
            return
        }
        let exit = EncodedInstruction(opcode: 0x95)
        let exits = function.raw.instructions.indices.filter {
            function.raw.instructions[$0] == exit
        }
        let insertion = CodeInsertion(
            function.raw.instructions,
            before: Dictionary(
                uniqueKeysWithValues: exits.map { ($0, [EncodedInstruction(opcode: 0xb7)]) }))
        try function.insert(insertion)
    }
}

/// Where the loops of a function have their marks.
private struct Room {
    /// What stands in for what a closure has captured, if that is nothing.
    private var context: Int16?
    /// Where the address is kept while the loop runs, if it cannot be told.
    private var address: Int16?

    /// What is done before and behind a loop: no mark, then whether there is one.
    mutating func place(
        _ loop: LoopCall, _ function: inout LinkedFunction
    ) throws(LinkFailure) -> (before: [EncodedInstruction], behind: [EncodedInstruction]) {
        // if r1 != 0 goto …
        let test = EncodedInstruction(opcode: 0x55, destination: 1)
        if case .frame(let offset) = loop.context {
            // *(u64 *)(r10 + offset) = 0; call; r1 = *(u64 *)(r10 + offset)
            return (
                [EncodedInstruction(opcode: 0x7a, destination: 10, offset: offset)],
                [Self.load(1, from: 10, offset), test]
            )
        }
        let own = try Self.slot(&context, &function)
        // r3 = r10; r3 += own; *(u64 *)(r3 + 0) = 0
        let pass = [
            EncodedInstruction(opcode: 0xbf, destination: 3, source: 10),
            EncodedInstruction(opcode: 0x07, destination: 3, immediate: Int32(own)),
        ]
        let clear = EncodedInstruction(opcode: 0x7a, destination: 3)
        if loop.context == .none {
            return (pass + [clear], [Self.load(1, from: 10, own), test])
        }
        let kept = try Self.slot(&address, &function)
        return (
            // if r3 != 0 goto +2; …; *(u64 *)(r10 + kept) = r3
            [EncodedInstruction(opcode: 0x55, destination: 3, offset: 2)] + pass + [
                clear,
                EncodedInstruction(opcode: 0x7b, destination: 10, source: 3, offset: kept),
            ], [Self.load(1, from: 10, kept), Self.load(1, from: 1, 0), test]
        )
    }

    private static func slot(
        _ known: inout Int16?, _ function: inout LinkedFunction
    ) throws(LinkFailure) -> Int16 {
        if let known { return known }
        let new = try function.newSlot()
        known = new
        return new
    }

    private static func load(
        _ destination: UInt8, from source: UInt8, _ offset: Int16
    ) -> EncodedInstruction {
        EncodedInstruction(opcode: 0x79, destination: destination, source: source, offset: offset)
    }
}
