import EBPFBytecode
import EBPFObjectFile

/// Branches: which ways are possible, and what each teaches.
extension Walk {
    mutating func branch(
        _ comparison: Comparison, _ width: Width, _ leftRegister: Register, _ source: Source
    ) throws(Fault) -> Continuation {
        let left = try readable(leftRegister)
        let right = try value(of: source)
        try checkCompared(right, source, with: left)
        let target = Int(flow.slots[slot].branch)
        if let decided = decide(comparison, width, left, right) {
            // The outcome hangs on the exact ranges, unless a pointer was compared with null.
            if !left.isPointer { try requirePrecision(of: leftRegister) }
            if case .register(let register) = source, !right.isPointer {
                try requirePrecision(of: register)
            }
            noteBranch(taken: decided, passed: !decided)
            try guess(
                leftRegister, source, at: decided ? Int(flow.slots[slot].next) : target)
            return decided ? .slot(target) : .next
        }
        noteBranch(taken: true, passed: true)
        // Numbers that are linked to the operands learn the same, and walking back must know it.
        var linked = LinkedPlaces()
        if case .register = source, right.kind == .scalar, right.id != 0 {
            collectLinked(to: right.id, into: &linked)
        }
        if left.kind == .scalar, left.id != 0, left.id != right.id || linked.count == 0 {
            collectLinked(to: left.id, into: &linked)
        }
        if linked.count > 1 { state.history[ownEntry()].linked = linked }

        var taken = state
        // Not methods of the walk: it would have to be copied while a part of it changes.
        Self.learn(
            comparison, width, leftRegister, source, left, right, isTrue: true, subject.maps,
            in: &taken)
        Self.learn(
            comparison, width, leftRegister, source, left, right, isTrue: false, subject.maps,
            in: &state)
        try putAside(taken, at: target)
        try checkUndecided(comparison, width, leftRegister, source, left, right)
        return .next
    }

    // MARK: Deciding

    private func decide(
        _ comparison: Comparison, _ width: Width, _ left: RegisterState, _ right: RegisterState
    ) -> Bool? {
        if left.kind == .scalar, right.kind == .scalar {
            return left.number.decides(comparison, right.number, width)
        }
        guard width == .doubleWord else { return nil }
        if left.isPacket, right.isPacket { return decidePacket(comparison, left, right) }
        // A pointer that is not null differs from null.
        let (pointer, number) = left.isPointer ? (left, right) : (right, left)
        guard pointer.isPointer, number.isZero, isNeverNull(pointer) else { return nil }
        switch comparison {
        case .equal: return false
        case .notEqual: return true
        default: return nil
        }
    }

    /// Whether a pointer is certainly not null.
    func isNeverNull(_ pointer: RegisterState) -> Bool {
        guard !pointer.isNullable else { return false }
        switch pointer.kind {
        case .socket, .tcpSocket, .mapValue, .mapKey, .socketCommon, .map: return true
        case .structure: return isTrusted(pointer)
        case .memory: return !pointer.traits.contains(.untrusted)
        default: return false
        }
    }

    /// Whether what a pointer points to is alive for certain.
    func isTrusted(_ pointer: RegisterState) -> Bool {
        if pointer.reference != 0 { return true }
        switch pointer.kind {
        case .socket, .socketCommon, .tcpSocket, .xdpSocket: return !pointer.isNullable
        default: break
        }
        return !pointer.traits.isDisjoint(with: [.trusted, .allocated, .borrowed])
            && pointer.traits.isDisjoint(with: [.untrusted, .user, .perCPU, .nullable, .rcu])
    }

    /// After a comparison with the packet's end, further ones may be decided.
    private func decidePacket(
        _ comparison: Comparison, _ left: RegisterState, _ right: RegisterState
    ) -> Bool? {
        var comparison = comparison
        let packet: RegisterState
        if right.kind == .packetEnd {
            packet = left
        } else if left.kind == .packetEnd {
            packet = right
            comparison = comparison.exchanged
        } else {
            return nil
        }
        guard packet.kind == .packet, packet.range < 0 else { return nil }
        switch comparison {
        case .lessOrEqual, .greater:
            if packet.range == RegisterState.beyondPacketEnd { return comparison == .greater }
            return nil
        case .less, .greaterOrEqual:
            // At the end or beyond it.
            return comparison == .greaterOrEqual
        default: return nil
        }
    }

    // MARK: Learning

    private static func learn(
        _ comparison: Comparison, _ width: Width, _ leftRegister: Register, _ source: Source,
        _ left: RegisterState, _ right: RegisterState, isTrue: Bool,
        _ maps: ContiguousArray<MapFacts>, in state: inout State
    ) {
        let leftIndex = Int(leftRegister.rawValue)
        guard case .register(let rightRegister) = source else {
            if left.kind == .scalar {
                return learnNumbers(
                    comparison, width, leftIndex, nil, left, right, isTrue, &state)
            }
            if width == .doubleWord, right.isZero, left.isNullable,
                comparison == .equal || comparison == .notEqual
            {
                learnNull(left, isNull: (comparison == .equal) == isTrue, maps, &state)
            }
            return
        }
        let rightIndex = Int(rightRegister.rawValue)
        if left.kind == .scalar, right.kind == .scalar {
            return learnNumbers(
                comparison, width, leftIndex, rightIndex, left, right, isTrue, &state)
        }
        guard width == .doubleWord, left.isPointer, right.isPointer else { return }
        if learnPacketEnd(comparison, leftIndex, rightIndex, left, right, isTrue, &state) { return }
        guard comparison == (isTrue ? .equal : .notEqual), left.isNullable != right.isNullable,
            left.kind != .structure, right.kind != .structure
        else { return }
        // Equal pointers, of which one is not null.
        becomeNotNull(&state[left.isNullable ? leftIndex : rightIndex], maps)
    }

    private static func learnNumbers(
        _ comparison: Comparison, _ width: Width, _ leftIndex: Int, _ rightIndex: Int?,
        _ left: RegisterState, _ right: RegisterState, _ isTrue: Bool, _ state: inout State
    ) {
        var leftNumber = left.number, rightNumber = right.number
        if isTrue {
            Scalar.learn(comparison, &leftNumber, &rightNumber, width)
        } else {
            Scalar.learnNot(comparison, &leftNumber, &rightNumber, width)
        }
        // A register that is compared with itself learns on both sides, also what cannot be.
        if rightIndex == leftIndex {
            leftNumber.narrowRanges(to: rightNumber)
            rightNumber = leftNumber
        }
        leftNumber.tighten()
        rightNumber.tighten()
        // A branch that is never taken.
        if leftNumber.isEmpty { leftNumber.forgetRanges() }
        if rightNumber.isEmpty { rightNumber.forgetRanges() }
        state[leftIndex].number = leftNumber
        if let rightIndex {
            state[rightIndex].number = rightNumber
            if right.id != 0 { synchronize(with: state[rightIndex], &state) }
        }
        if left.id != 0 { synchronize(with: state[leftIndex], &state) }
    }

    /// Everything with the same id is null now, or is not.
    private static func learnNull(
        _ pointer: RegisterState, isNull: Bool, _ maps: ContiguousArray<MapFacts>,
        _ state: inout State
    ) {
        let id = pointer.id
        if isNull, pointer.reference != 0, pointer.reference == id {
            // There is nothing to give back: what was acquired is null.
            state.references.removeAll { $0.kind == .pointer && $0.id == id }
        }
        state.forEachRegister { register in
            guard register.isNullable, register.id == id, register.number.bits == TristateNumber(0)
            else { return }
            // Allocated objects may be looked at from the middle; others cannot have an offset yet.
            guard
                register.offset == 0 || !register.traits.isDisjoint(with: [.allocated, .borrowed])
            else { return }
            if isNull {
                register = .constant(0)
            } else {
                becomeNotNull(&register, maps)
                if !mayHoldLock(register, maps) { register.id = 0 }
            }
        }
    }

    private static func becomeNotNull(
        _ register: inout RegisterState, _ maps: ContiguousArray<MapFacts>
    ) {
        register.traits.remove(.nullable)
        guard register.kind == .mapValue else { return }
        let map = maps[Int(register.detail)]
        switch map.valueKind {
        case .map:
            register.kind = .map
            register.detail = UInt32(map.innerIndex ?? 0)
            // Each look-up may find another map; where that matters, its number tells them apart.
            register.detail2 =
                maps[Int(register.detail)].record.isBoundToMap ? register.id : 0
        case let kind: register.kind = kind
        }
    }

    /// Whether what a pointer points to may hold a lock: then it is told apart from others.
    private static func mayHoldLock(
        _ register: RegisterState, _ maps: ContiguousArray<MapFacts>
    ) -> Bool {
        if register.kind == .mapValue { return maps[Int(register.detail)].record.hasLock }
        return register.kind == .structure && register.traits.contains(.allocated)
    }

    // MARK: Packets

    private static func learnPacketEnd(
        _ comparison: Comparison, _ leftIndex: Int, _ rightIndex: Int, _ left: RegisterState,
        _ right: RegisterState, _ isTrue: Bool, _ state: inout State
    ) -> Bool {
        let isEndOnRight = isBeforeEnd(left, right)
        guard isEndOnRight || isBeforeEnd(right, left) else { return false }
        let packet = isEndOnRight ? left : right
        let index = isEndOnRight ? leftIndex : rightIndex
        let order = isEndOnRight ? comparison : comparison.exchanged
        switch order {
        case .greater:
            // packet > end: otherwise the bytes up to the pointer exist.
            if isTrue {
                markBeyond(index, isOpen: true, &state)
            } else {
                extend(packet, isOpen: false, &state)
            }
        case .less:
            if isTrue {
                extend(packet, isOpen: true, &state)
            } else {
                markBeyond(index, isOpen: false, &state)
            }
        case .greaterOrEqual:
            if isTrue {
                markBeyond(index, isOpen: false, &state)
            } else {
                extend(packet, isOpen: true, &state)
            }
        case .lessOrEqual:
            if isTrue {
                extend(packet, isOpen: false, &state)
            } else {
                markBeyond(index, isOpen: true, &state)
            }
        default: return false
        }
        return true
    }

    /// Whether comparing the two tells how far a packet, or what is before it, goes.
    static func comparesPackets(_ left: RegisterState, _ right: RegisterState) -> Bool {
        isBeforeEnd(left, right) || isBeforeEnd(right, left)
    }

    private static func isBeforeEnd(_ pointer: RegisterState, _ end: RegisterState) -> Bool {
        (pointer.kind == .packet && end.kind == .packetEnd)
            || (pointer.kind == .packetMetadata && isPacketStart(end))
    }

    private static func isPacketStart(_ register: RegisterState) -> Bool {
        register.kind == .packet && register.isPointerWithoutOffset
    }

    /// The bytes before a pointer exist; with an open range, one more does.
    private static func extend(_ packet: RegisterState, isOpen: Bool, _ state: inout State) {
        guard packet.offset > 0 || (packet.offset == 0 && !isOpen) else { return }
        // Nothing is known of a pointer that may be beyond all packets.
        guard packet.number.greatest <= 0xffff,
            Int64(packet.number.greatest)
                + Int64(packet.offset) <= 0xffff
        else { return }
        let range = packet.offset + (isOpen ? 1 : 0)
        state.forEachRegister { register in
            guard register.kind == packet.kind, register.id == packet.id else { return }
            register.range = max(register.range, range)
        }
    }

    /// The packet ends before, or at, what a register points to.
    private static func markBeyond(_ index: Int, isOpen: Bool, _ state: inout State) {
        guard state[index].kind == .packet else { return }
        state[index].range = isOpen ? RegisterState.beyondPacketEnd : RegisterState.atPacketEnd
    }

    // MARK: Linked numbers

    /// All places that hold numbers with an id, and are still read. Those for which there is no
    /// room are no longer linked.
    private mutating func collectLinked(to id: UInt32, into places: inout LinkedPlaces) {
        for frame in stride(from: state.current, through: 0, by: -1) {
            let place = frame == state.current ? slot : Int(state.frames[frame + 1].callSlot)
            let live = flow.slots[place].live
            for index in 0..<10
            where live >> UInt16(index) & 1 != 0 && state[frame, index].kind == .scalar
                && state[frame, index].id == id
            {
                if !places.append(.init(frame: frame, index: index, isStack: false)) {
                    unlink(&state[frame, index])
                }
            }
            for index in state.stacks[frame].indices
            where state.stacks[frame][index].isSavedScalar
                && state.stacks[frame][index].register.id == id
            {
                if !places.append(.init(frame: frame, index: index, isStack: true)) {
                    unlink(&state.stacks[frame][index].register)
                }
            }
        }
    }
}
