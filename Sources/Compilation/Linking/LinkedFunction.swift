import EBPFBytecode
import EBPFObjectFile

/// A function on its way into the object: named, with its traps ended and its calls known.
struct LinkedFunction {
    /// What it is called in the object.
    let name: String
    var raw: RawFunction
    /// Which function, helper or kernel function each call goes to, by slots.
    var calls: [Int: Callee] = [:]

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
        raw.lines.last { $0.slot <= slot && $0.line > 0 } ?? raw.lines.first { $0.line > 0 }
    }
}

extension LinkedFunction {
    /// The function whose calls mark where Swift's checks fail; the verifier knows it as one that
    /// must never be reached (Linux 6.17).
    static let trap = "__bpf_trap"

    private var trapSlots: [Int] {
        raw.references.filter { $0.value.symbol.name == Self.trap }.keys.sorted()
    }

    /// Leaves the failed checks to the verifier, which must prove that there are none.
    mutating func keepTraps() {
        for slot in trapSlots { calls[slot] = .kernel(Self.trap) }
        // A function must not end in a call.
        if trapSlots.last == raw.instructions.count - 1 {
            raw.instructions.append(EncodedInstruction(word: 0x95))
        }
    }

    /// Ends the program where Swift's checks fail: 0 is returned, which every kind of program may.
    ///
    /// Clang leaves a call of `__bpf_trap`, and often an `exit` after the last one.
    mutating func endTraps() {
        let traps = trapSlots
        guard let last = traps.last else { return }
        var code = raw.instructions
        if last == code.count - 2, code[last + 1].opcode == 0x95 { code.removeLast() }
        let fallsInto = last == code.count - 1
        if fallsInto { code.removeLast() }
        let stub = code.count
        code.append(EncodedInstruction(word: 0xb7))
        code.append(EncodedInstruction(word: 0x95))
        for slot in traps where slot < stub {
            // ja to the stub
            code[slot] = EncodedInstruction(
                word: 0x05 | UInt64(UInt16(bitPattern: Int16(clamping: stub - slot - 1))) << 16)
        }
        raw.instructions = code
    }
}
