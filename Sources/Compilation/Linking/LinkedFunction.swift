import EBPFBytecode
import EBPFObjectFile

/// A function on its way into the object: named, with its traps ended and its calls known.
struct LinkedFunction {
    /// What it is called in the object.
    let name: String
    var raw: RawFunction
    /// Which function, helper or kernel function each call goes to, by slots.
    var calls: [Int: Callee] = [:]
    /// Those calls that have the kernel call closures back, by slots.
    var loops: [Int: LoopCall] = [:]
    /// The checks of Swift's that fail at calls, by slots.
    var traps: [Int: FailedCheck] = [:]
    /// Those of them that failed in a function that is called, with the slots of the calls.
    var inheritedTraps: [Int: Int] = [:]
    /// Whether it returns nothing, so that what is in the register of results has no meaning.
    var isVoid = false
    /// Which counters of failed checks are referred to: offsets in their section, by slots.
    var counters: [Int: Int] = [:]
    /// How the kernel calls it back; `nil` if only programs and functions call it.
    var callback: Callback?
    /// How far down it uses its frame: 0, or less; `nil` as long as nobody has looked.
    private var lowestSlot: Int?
    /// Where in its frame the address is kept of what it has captured, for failed checks.
    var contextSlot: Int16?

    init(name: String, raw: RawFunction) {
        self.name = name
        self.raw = raw
    }

    /// What is called.
    enum Callee: Hashable {
        /// A function of the object.
        case function(RawObject.Place)
        /// A helper, by its number.
        case helper(UInt32)
        /// A function of the kernel.
        case kernel(String)
    }

    /// How the kernel calls a function back.
    enum Callback: Hashable {
        /// For each turn of a loop, until it returns 1; what it has captured is in a register.
        case loop(register: UInt8)
        /// When a timer has run out.
        case timer
    }

    var isProgram: Bool { raw.isProgram }
    /// The section of the object that it goes to.
    var section: String { raw.isProgram ? raw.sectionName : ".text" }
    var place: RawObject.Place { RawObject.Place(section: raw.section, offset: raw.offset) }

    /// The user's line of a slot.
    func line(_ slot: Int) -> LineInfo? {
        let slot = inheritedTraps[slot] ?? slot
        return raw.lines.last { $0.slot <= slot && $0.line > 0 } ?? raw.lines.first { $0.line > 0 }
    }

    /// Puts code into the function; everything that belongs to slots moves with them.
    ///
    /// - Throws: if a branch would go farther than it can.
    mutating func insert(_ insertion: CodeInsertion) throws(LinkFailure) {
        guard let edited = insertion.edited() else { throw tooLong }
        calls = insertion.moved(calls)
        loops = insertion.moved(loops)
        traps = insertion.moved(traps)
        raw.move(insertion)
        raw.instructions = edited
    }

    /// Eight bytes of the stack that nobody uses.
    mutating func newSlot() throws(LinkFailure) -> Int16 {
        let lowest = lowestSlot ?? LoopCallFinder(self, callbacks: [:]).lowest
        let slot = (lowest - 8) & ~7
        lowestSlot = slot
        guard slot >= -512 else {
            throw LinkFailure(
                "this function needs more than the 512 bytes of stack that a kernel program has",
                at: line(0),
                remedy:
                    "keep large values in maps; its loops need 8 bytes more to say that a check "
                    + "has failed in their closures")
        }
        return Int16(slot)
    }

    /// Why a function cannot get more code.
    var tooLong: LinkFailure {
        LinkFailure(
            "this function is too long: it branches farther than an instruction can",
            at: line(0), remedy: "divide it, and mark the parts @inline(never)")
    }
}
