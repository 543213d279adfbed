/// All that is known at one place of a program, on one path.
struct State: Sendable {
    /// The registers of all frames, eleven each.
    var registers: ContiguousArray<RegisterState>
    /// The stack of each frame; the first slot is the one right below the frame pointer.
    var stacks: ContiguousArray<ContiguousArray<StackSlot>>
    /// The functions that are running, the outermost first.
    var frames: ContiguousArray<Frame>
    /// What was acquired and must be given back.
    var references: ContiguousArray<Reference> = []
    /// Locks, RCU and the like.
    var sections = Sections()

    /// The slot of the instruction that comes next.
    var slot: Int32 = 0
    /// Where the state began: the slot of its first instruction.
    var firstSlot: Int32 = 0
    /// The slot of the instruction that came last.
    var lastSlot: Int32 = -1
    /// The state that this one went on from; -1 for none.
    var parent: Int32 = -1
    /// How many paths from here are still to be walked.
    var branches: Int32 = 1
    /// How many states came before on this path.
    var depth: Int32 = 0
    /// How often `may_goto` went on.
    var mayGotoDepth: Int32 = 0
    /// How often callbacks were simulated.
    var unrolledCallbacks: Int32 = 0
    /// Whether the program was entered anew, as a timer's callback.
    var isAsynchronous = false
    /// Whether that callback may sleep.
    var isSleepableCallback = false
    /// Whether a processor only gets here by a wrong guess.
    var isSpeculative = false
    /// What precision needs to know of the way from the first instruction here.
    var history: ContiguousArray<HistoryEntry> = []

    /// A function that runs.
    struct Frame: Hashable, Sendable {
        /// The number of the function.
        var function: Int32
        /// The slot of the call; -1 in the outermost one.
        var callSlot: Int32
        /// What ended with it, if it is a callback.
        var callback: Callback = .none
        /// How deep a callback was simulated, for its caller.
        var callbackDepth: Int32 = 0
        /// How often an asynchronous callback has been entered.
        var asynchronousEntries: Int32 = 0
        /// The chain of calls that led here, as a number: see ``StackLiveness``.
        var instance: Int32 = 0
    }

    /// Whether a frame was entered by the kernel.
    enum Callback: UInt8, Sendable {
        /// It was called by the program.
        case none
        /// A helper calls it, perhaps often; it returns 0 or 1.
        case synchronous
        /// It is called later: by a timer or a work queue.
        case asynchronous
        /// It runs when an exception is thrown.
        case exception
    }

    /// The state in which a program starts: everything is uninitialised but the frame pointer.
    init(function: Int32) {
        registers = []
        stacks = []
        frames = []
        push(Frame(function: function, callSlot: -1))
    }
}

extension State {
    static let registerCount = 11

    /// The number of the running frame.
    @inline(__always)
    var current: Int { frames.count &- 1 }

    /// A register of the running frame.
    @inline(__always)
    subscript(register: Int) -> RegisterState {
        @inline(__always) get { registers[(frames.count &- 1) &* Self.registerCount &+ register] }
        @inline(__always) _modify {
            yield &registers[(frames.count &- 1) &* Self.registerCount &+ register]
        }
    }

    /// A register of any frame.
    subscript(frame: Int, register: Int) -> RegisterState {
        @inline(__always) get { registers[frame &* Self.registerCount &+ register] }
        @inline(__always) _modify {
            yield &registers[frame &* Self.registerCount &+ register]
        }
    }

    /// Enters a function.
    mutating func push(_ frame: Frame) {
        frames.append(frame)
        stacks.append([])
        registers.append(contentsOf: repeatElement(.uninitialized, count: Self.registerCount))
        self[10] = .pointer(.stack, detail: UInt32(current))
    }

    /// Leaves a function.
    mutating func pop() {
        frames.removeLast()
        stacks.removeLast()
        registers.removeLast(Self.registerCount)
    }

    /// Makes room for bytes of stack in a frame.
    mutating func growStack(of frame: Int, to slots: Int) {
        let missing = slots - stacks[frame].count
        if missing > 0 { stacks[frame].append(contentsOf: repeatElement(.empty, count: missing)) }
    }

    /// Changes every register, and every register saved on a stack.
    @inline(__always)
    mutating func forEachRegister(_ body: (inout RegisterState) -> Void) {
        for index in registers.indices { body(&registers[index]) }
        for frame in stacks.indices {
            for slot in stacks[frame].indices where stacks[frame][slot].isSaved {
                body(&stacks[frame][slot].register)
            }
        }
    }
}

/// Something that a program has acquired (`struct bpf_reference_state`).
struct Reference: Hashable, Sendable {
    /// What it is.
    var kind: Kind
    /// Its number.
    var id: UInt32
    /// The slot of the call that acquired it.
    var slot: Int32
    /// For locks: which map or object holds it.
    var owner: UInt64 = 0

    /// What can be held.
    enum Kind: UInt8, Sendable {
        /// An object: a socket, a record, a task.
        case pointer
        /// Interrupts are off.
        case interrupts
        /// A `bpf_spin_lock`.
        case spinLock
        /// A `bpf_res_spin_lock`.
        case resilientLock
        /// A resilient lock that also turned interrupts off.
        case resilientLockInterrupts

        var isLock: Bool {
            self == .spinLock || self == .resilientLock || self == .resilientLockInterrupts
        }
    }
}

/// The sections that a path is inside of.
struct Sections: Hashable, Sendable {
    /// How many locks are held.
    var locks: Int32 = 0
    /// The lock that was taken last.
    var lastLock: UInt32 = 0
    /// What holds that lock.
    var lastLockOwner: UInt64 = 0
    /// How deep in RCU sections.
    var rcu: Int32 = 0
    /// How deep in sections without preemption.
    var preemption: Int32 = 0
    /// The reference of the innermost section without interrupts.
    var interrupts: UInt32 = 0
}

/// A step that walking backwards must know of.
struct HistoryEntry: Hashable, Sendable {
    /// The slot of the instruction.
    var slot: Int32
    /// The slot of the one before it.
    var previous: Int32
    /// The stack slot that it read or wrote through a register; -1 for none.
    var stackSlot: Int16 = -1
    /// The frame of that stack slot.
    var stackFrame: Int8 = 0
    /// Which numbers were narrowed together, as places; see ``LinkedPlaces``.
    var linked = LinkedPlaces()
}

/// Up to six registers or stack slots.
struct LinkedPlaces: Hashable, Sendable {
    private var packed: UInt64 = 0

    /// How many there are.
    var count: Int { Int(packed & 0xf) }

    static let limit = 6

    /// A register (0…10) or a stack slot, of a frame.
    struct Place: Hashable, Sendable {
        var frame: Int
        /// The register, or the slot.
        var index: Int
        var isStack: Bool
    }

    subscript(index: Int) -> Place {
        let code = packed >> UInt64(4 + index * 10) & 0x3ff
        return Place(
            frame: Int(code & 7), index: Int(code >> 3 & 0x3f), isStack: code >> 9 & 1 != 0)
    }

    /// Adds a place; says whether there was room.
    @discardableResult
    mutating func append(_ place: Place) -> Bool {
        guard count < Self.limit else { return false }
        let code =
            UInt64(place.frame & 7) | UInt64(place.index & 0x3f) << 3 | (place.isStack ? 1 << 9 : 0)
        packed |= code << UInt64(4 + count * 10)
        packed += 1
        return true
    }
}
