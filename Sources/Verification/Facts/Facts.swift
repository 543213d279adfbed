public import EBPFBytecode

/// What was proved of a program on the way to its acceptance, for those who run or explain it.
///
/// Facts hold for every run that the verifier's view of the world covers, that is, for every run of
/// the accepted instructions with a context, packets, maps and helpers as the kernel has them.
///
/// **Why they hold although paths are cut short.** A walk does not follow a path whose state is
/// covered by an earlier one: it has the same chain of calls, each register that is still read holds
/// the same kind of thing there (the same map, the same frame, the same traits), and each number on
/// which something hung lies within the earlier one. So whatever comes after was seen on the earlier
/// path, with the same kinds of pointers, and the same outcomes of branches that had but one: an
/// outcome that is decided by a number makes that number one on which something hangs. The
/// earlier path is walked to its end before a program is accepted. Ranges of numbers on which nothing
/// hung are another matter; where they are asked for, states are compared so that every number must
/// lie within the earlier one.
///
/// **Functions.** Static functions and callbacks are walked in the frames of all their callers, and
/// what is said of a slot is what holds in all of them. Global functions are walked alone, with
/// any arguments that their prototype allows; every call was checked to pass such.
public struct Facts: Sendable {
    /// The functions, in the order of their slots; the first one is where the program starts.
    public let functions: [Function]
    /// The numbers of the helpers that instructions which can be reached call (`BPF_FUNC_…`).
    public let helpers: Set<Int32>
    /// How many bytes of the context may be touched, from its first one on: a hook whose context is
    /// shorter, because it has no types, must not run the program.
    public let contextByteCount: Int
    /// Whether the instructions were adapted to the types of a kernel first: then these facts are
    /// about the adapted ones.
    public let isAdapted: Bool

    let maps: [String]
    let accesses: ContiguousArray<FactCollector.Access>
    let passes: ContiguousArray<FactCollector.Passes>
    let numbers: ContiguousArray<FactCollector.Content>

    /// A function of a program.
    public struct Function: Hashable, Sendable {
        /// Its name; empty where nothing tells it.
        public let name: String
        /// The slots of its instructions.
        public let slots: Range<Int>
        /// How many bytes of its stack frame are used, a multiple of 8: those right below r10.
        public let stackByteCount: Int
    }

    /// What the address register of an instruction points to.
    public enum Memory: Hashable, Sendable {
        /// A stack frame; all bytes of the access lie within it.
        case stack(StackPlace)
        /// The context. The bytes are among those that programs of this type may touch, and lie
        /// within ``Facts/contextByteCount``.
        case context
        /// The packet, within its bounds.
        case packet
        /// The bytes before the packet (`data_meta`), within their bounds.
        case packetMetadata
        /// The value of the object's map of this name; never an inner map's. All bytes of the access
        /// lie within one value.
        case mapValue(String)
        /// Memory that was proved to have these bytes: of several kinds, on several paths, or of
        /// a kind without a place that is known: a record of a ring buffer, a slice of a dynptr,
        /// the value of an inner map, a key, an argument of a global function.
        case memory
        /// Something whose bounds or existence were not proved, on some path at least: structures
        /// of the kernel, which Linux reads with a table of exceptions; sockets, flow keys and
        /// buffers, whose length the hook knows; arenas. A machine must check the address.
        case kernelObject

        /// Where in the stack.
        public struct StackPlace: Hashable, Sendable {
            /// Whether it is always the frame of the function that the instruction belongs to.
            public let isOwnFrame: Bool
            /// The distance of the first byte from the frame's r10, if it is always the same: from
            /// -512 to -1.
            public let offset: Int?

            /// A place in the function's own frame, or in that of a caller.
            public init(isOwnFrame: Bool, offset: Int?) {
                self.isOwnFrame = isOwnFrame
                self.offset = offset
            }
        }
    }
}

extension Facts {
    /// How many slots the program has.
    public var slotCount: Int { passes.count }

    /// Whether execution can come to a slot; where it cannot, code is dead.
    public func isReachable(_ slot: Int) -> Bool {
        passes.indices.contains(slot) && passes[slot].contains(.reached)
    }

    /// Whether the branch in a slot may be taken.
    public func isEverTaken(_ slot: Int) -> Bool {
        passes.indices.contains(slot) && passes[slot].contains(.taken)
    }

    /// Whether execution may go on after the branch in a slot.
    public func isEverPassed(_ slot: Int) -> Bool {
        passes.indices.contains(slot) && passes[slot].contains(.passed)
    }

    /// What the load, store or atomic operation in a slot touches; `nil` if there is none, or
    /// execution cannot come there.
    public func memory(at slot: Int) -> Memory? {
        guard accesses.indices.contains(slot) else { return nil }
        let access = accesses[slot]
        switch access.kind {
        case .none: return nil
        case .stack:
            return .stack(
                .init(
                    isOwnFrame: access.isOwnFrame,
                    offset: access.offset == FactCollector.Access.noOffset
                        ? nil : Int(access.offset)))
        case .context: return .context
        case .packet: return .packet
        case .packetMetadata: return .packetMetadata
        case .mapValue: return .mapValue(maps[Int(access.map)])
        case .memory: return .memory
        case .kernelObject: return .kernelObject
        }
    }

    /// What is known of the number in a register, r0 to r9, before the instruction in a slot, on all
    /// paths and in all frames; `nil` if it may be no number, is not read any more, or was not asked
    /// for (``Verifier/Options/collectsRanges``).
    public func number(in register: Register, at slot: Int) -> NumberFacts? {
        let index = slot * FactCollector.registerCount + Int(register.rawValue)
        guard register != .r10, numbers.indices.contains(index),
            case .number(let scalar) = numbers[index]
        else { return nil }
        return NumberFacts(scalar)
    }
}

extension Facts {
    /// What a judgement collected.
    init(_ collector: FactCollector, _ subject: Subject, isAdapted: Bool) {
        accesses = collector.accesses
        passes = collector.passes
        numbers = collector.numbers
        contextByteCount = collector.contextByteCount
        maps = subject.maps.map(\.name)
        functions = subject.functions.map {
            Function(name: $0.name, slots: $0.start..<$0.end, stackByteCount: $0.stackDepth)
        }
        var helpers: Set<Int32> = []
        for (slot, instruction) in subject.instructions.enumerated() {
            guard case .call(.helper(let number))? = instruction,
                collector.passes[slot].contains(.reached)
            else { continue }
            helpers.insert(number)
        }
        self.helpers = helpers
        self.isAdapted = isAdapted
    }
}
