import EBPFBytecode

/// Collects, while paths are walked, what the facts about a program are made of.
///
/// Everything is a flat array by slot, so that noting costs no more than a few loads and stores.
struct FactCollector {
    private(set) var accesses: ContiguousArray<Access> = []
    private(set) var passes: ContiguousArray<Passes> = []
    /// What registers r0 to r9 held before each instruction; empty if ranges are not asked for.
    private(set) var numbers: ContiguousArray<Content> = []
    private(set) var contextByteCount = 0
    /// Whether anything is collected, and whether ranges are.
    let isOn: Bool, hasRanges: Bool
    /// What the address of the map of each number proves; inner maps have no place of their own.
    private let isInner: ContiguousArray<Bool>
    /// Whether maps hold pointers to memory of user space, which look like any other memory.
    private let hasUserPointers: Bool

    static let registerCount = 10

    init(_ subject: Subject, _ options: Verifier.Options) {
        hasRanges = options.collectsRanges
        isOn = options.collectsFacts || hasRanges
        var isInner = ContiguousArray(repeating: false, count: subject.maps.count)
        for map in subject.maps { if let inner = map.innerIndex { isInner[inner] = true } }
        self.isInner = isInner
        hasUserPointers = subject.maps.contains { map in
            map.record.fields.contains { $0.kind == .kernelPointer(.user) }
        }
        guard isOn else { return }
        let count = subject.instructions.count
        accesses = ContiguousArray(repeating: Access(), count: count)
        passes = ContiguousArray(repeating: [], count: count)
        guard hasRanges else { return }
        numbers = ContiguousArray(repeating: .nothing, count: count * Self.registerCount)
    }

    /// How execution can go through a slot.
    struct Passes: OptionSet, Sendable {
        let rawValue: UInt8
        /// It can come there.
        static let reached = Passes(rawValue: 1)
        /// The branch may be taken.
        static let taken = Passes(rawValue: 2)
        /// It may go on with the next instruction.
        static let passed = Passes(rawValue: 4)
    }

    /// What a register holds.
    enum Content: Sendable {
        /// No path has come here.
        case nothing
        /// Always a number.
        case number(Scalar)
        /// On some path no number.
        case other
    }

    /// What an instruction touches.
    struct Access: Hashable, Sendable {
        var kind = Kind.none
        var isOwnFrame = false
        /// For the stack: the distance of the first byte from r10.
        var offset = noOffset
        /// For map values: the number of the map.
        var map: Int32 = -1

        static let noOffset = Int16.max

        enum Kind: UInt8 {
            case none, stack, context, packet, packetMetadata, mapValue, memory, kernelObject
        }
    }
}

extension FactCollector {
    /// Execution can come to a slot.
    @inline(__always)
    mutating func reach(_ slot: Int) { passes[slot].insert(.reached) }

    /// A branch goes this way.
    @inline(__always)
    mutating func pass(_ slot: Int, _ passes: Passes) { self.passes[slot].formUnion(passes) }

    /// The context is touched up to an offset.
    mutating func touchContext(upTo end: Int) { contextByteCount = max(contextByteCount, end) }

    /// An instruction touches something, perhaps something else than on other paths.
    mutating func note(_ access: Access, at slot: Int) {
        accesses[slot] = accesses[slot].joined(with: access)
    }

    /// What a register holds before an instruction, perhaps something else than on other paths.
    mutating func note(_ value: RegisterState, in register: Int, at slot: Int) {
        let index = slot * Self.registerCount + register
        guard value.kind == .scalar else { return numbers[index] = .other }
        // What no number can be belongs to a path that is never taken.
        guard !value.number.isEmpty else { return }
        switch numbers[index] {
        case .nothing: numbers[index] = .number(value.number)
        case .number(let known): numbers[index] = .number(known.joined(with: value.number))
        case .other: break
        }
    }

    /// What an access through a pointer touches.
    func access(
        through pointer: RegisterState, _ displacement: Int64, currentFrame: Int
    ) -> Access {
        var access = Access()
        switch pointer.kind {
        case .stack:
            access.kind = .stack
            access.isOwnFrame = Int(pointer.detail) == currentFrame
            if let variable = pointer.number.constant {
                let offset = Int64(pointer.offset) &+ displacement &+ Int64(bitPattern: variable)
                access.offset = Int16(exactly: offset) ?? Access.noOffset
            }
        case .context: access.kind = .context
        case .packet: access.kind = .packet
        case .packetMetadata: access.kind = .packetMetadata
        case .mapValue where !isInner[Int(pointer.detail)]:
            access.kind = .mapValue
            access.map = Int32(pointer.detail)
        case .mapValue, .mapKey: access.kind = .memory
        case .memory: access.kind = isProved(pointer) ? .memory : .kernelObject
        default: access.kind = .kernelObject
        }
        return access
    }

    /// Whether memory is the program's, not the kernel's own that is only read.
    private func isProved(_ memory: RegisterState) -> Bool {
        if !memory.traits.isDisjoint(with: [.ringBuffer, .ofDynptr]) { return true }
        return !memory.traits.contains(.readOnly) && !memory.traits.contains(.untrusted)
            && !hasUserPointers
    }
}

extension FactCollector.Access {
    /// What holds on both of two paths.
    @inline(__always)
    fileprivate func joined(with other: Self) -> Self {
        if kind == .none || self == other { return other }
        var result = self
        guard kind == other.kind else {
            result = Self()
            result.kind =
                kind == .kernelObject || other.kind == .kernelObject ? .kernelObject : .memory
            return result
        }
        switch kind {
        case .stack:
            result.isOwnFrame = isOwnFrame && other.isOwnFrame
            if offset != other.offset || isOwnFrame != other.isOwnFrame {
                result.offset = Self.noOffset
            }
        case .mapValue:
            result = Self()
            result.kind = .memory
        case .none, .context, .packet, .packetMetadata, .memory, .kernelObject: break
        }
        return result
    }
}
