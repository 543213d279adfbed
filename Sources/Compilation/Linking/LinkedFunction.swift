import EBPFBytecode
import EBPFObjectFile

/// A function on its way into the object: named, with its traps ended and its calls known.
struct LinkedFunction {
    /// What it is called in the object.
    let name: String
    var raw: RawFunction
    /// Which function, helper or kernel function each call goes to, by slots.
    var calls: [Int: Callee] = [:]
    /// The checks of Swift's that fail at calls, by slots.
    var traps: [Int: FailedCheck] = [:]
    /// Those of them that failed in a function that is called, with the slots of the calls.
    var inheritedTraps: [Int: Int] = [:]
    /// Whether it returns nothing, so that what is in the register of results has no meaning.
    var isVoid = false
    /// Which counters of failed checks are referred to: offsets in their section, by slots.
    var counters: [Int: Int] = [:]
    /// Whether it is called for each turn of a loop, and ends the loop by returning 1.
    var endsLoop = false

    /// What is called.
    enum Callee: Hashable {
        /// A function of the object.
        case function(RawObject.Place)
        /// A helper, by its number.
        case helper(UInt32)
        /// A function of the kernel.
        case kernel(String)
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
}
