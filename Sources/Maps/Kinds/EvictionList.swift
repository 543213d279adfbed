import EBPFBytecode
import Synchronization

/// The order in which the elements of an LRU hash leave when there is no room.
///
/// The oldest element goes first, unless a program has looked it up since: then it gets another
/// round (second chance). So an insert always finds room, and what is in use survives. The kernel
/// approximates the same with an active and an inactive list and small stocks for each CPU; its
/// exact victim depends on timing, ours does not.
///
/// A slot is *free*, *listed*, or *condemned*: chosen to leave, and owned by the thread that chose
/// it. Whoever removes a condemned slot's key from the table leaves the slot to that thread. This
/// lock is taken after a table's lock or alone, never before one.
@safe
final class EvictionList: @unchecked Sendable {
    private enum Place: UInt8 {
        case free = 0
        case listed
        case condemned
    }

    /// The end of a list.
    private static let none: UInt32 = .max

    private struct State {
        var neverUsed = 0
        var freeHead = EvictionList.none
        var newest = EvictionList.none
        var oldest = EvictionList.none
        /// How many slots are listed, condemned, or taken and not yet listed.
        var usedCount = 0
    }

    /// What a thread that needs a slot gets.
    enum Answer {
        /// A free slot, which now counts as used.
        case free(Int)
        /// This slot was condemned: remove its key from the table, `give` it back, ask again.
        case condemned(Int)
    }

    private let first: Int
    private let slotCount: Int
    private let limit: Int
    // SAFETY: all point into slabs of `slotCount` elements; indices are checked by `index`.
    private let newer: UnsafeMutablePointer<UInt32>
    private let older: UnsafeMutablePointer<UInt32>
    private let places: UnsafeMutablePointer<UInt8>
    private let references: UnsafeMutablePointer<Atomic<UInt8>>
    private let slabs: [Slab]
    private let state = Mutex(State())

    /// A list of `slots`, of which `limit` are used before one must leave.
    init(slots: Range<Int>, limit: Int) throws(KernelErrno) {
        first = slots.lowerBound
        slotCount = slots.count
        self.limit = limit
        let links = try Slab(count: slots.count, stride: 8)
        let bytes = try Slab(count: slots.count, stride: 2)
        unsafe newer = links.base.assumingMemoryBound(to: UInt32.self)
        unsafe older = newer + slots.count
        unsafe places = bytes.base.assumingMemoryBound(to: UInt8.self)
        unsafe references = (bytes.base + slots.count).assumingMemoryBound(to: Atomic<UInt8>.self)
        slabs = [links, bytes]
    }

    /// How many slots are in use.
    var usedCount: Int { state.withLock(\.usedCount) }

    /// Notes that a program looked a slot up; without the lock.
    @inline(__always)
    func touch(_ slot: Int) {
        let reference = unsafe references + (slot &- first)
        // Most look-ups find the mark there already and leave the cache line shared.
        if unsafe reference.pointee.load(ordering: .relaxed) == 0 {
            unsafe reference.pointee.store(1, ordering: .relaxed)
        }
    }

    /// A slot for a new key, or the slot that must leave first.
    func take() -> Answer? {
        state.withLock { state in
            if state.usedCount < limit, let slot = takeFree(&state) { return .free(slot) }
            return chooseVictim(&state).map { .condemned($0) }
        }
    }

    /// A slot for a new value of a key that has one, which will be given back right after.
    func takeSpare() -> Int? { state.withLock { takeFree(&$0) } }

    /// Enters a taken slot as the newest.
    func list(_ slot: Int) {
        state.withLock { state in
            guard let index = index(slot) else { return }
            unsafe places[index] = Place.listed.rawValue
            unsafe references[index].store(0, ordering: .relaxed)
            pushNewest(index, &state)
        }
    }

    /// Takes back a slot whose key has left the table; a condemned one stays with its owner.
    func remove(_ slot: Int) {
        state.withLock { state in
            guard let index = index(slot), unsafe places[index] == Place.listed.rawValue else {
                return
            }
            unlink(index, &state)
            pushFree(index, &state)
        }
    }

    /// Takes back a slot from its owner: a condemned one, or one taken and not used.
    func give(_ slot: Int) {
        state.withLock { state in
            guard let index = index(slot) else { return }
            pushFree(index, &state)
        }
    }

    // MARK: With the lock held

    private func index(_ slot: Int) -> Int? {
        let index = slot &- first
        return index >= 0 && index < slotCount ? index : nil
    }

    private func takeFree(_ state: inout State) -> Int? {
        if state.freeHead != Self.none {
            let index = Int(state.freeHead)
            unsafe state.freeHead = older[index]
            state.usedCount &+= 1
            return first &+ index
        }
        guard state.neverUsed < slotCount else { return nil }
        defer { state.neverUsed &+= 1 }
        state.usedCount &+= 1
        return first &+ state.neverUsed
    }

    private func pushFree(_ index: Int, _ state: inout State) {
        unsafe places[index] = Place.free.rawValue
        unsafe older[index] = state.freeHead
        state.freeHead = UInt32(truncatingIfNeeded: index)
        state.usedCount &-= 1
    }

    private func chooseVictim(_ state: inout State) -> Int? {
        while state.oldest != Self.none {
            let index = Int(state.oldest)
            unlink(index, &state)
            if unsafe references[index].exchange(0, ordering: .relaxed) != 0 {
                pushNewest(index, &state)
                continue
            }
            unsafe places[index] = Place.condemned.rawValue
            return first &+ index
        }
        return nil
    }

    private func pushNewest(_ index: Int, _ state: inout State) {
        let number = UInt32(truncatingIfNeeded: index)
        unsafe newer[index] = Self.none
        unsafe older[index] = state.newest
        if state.newest != Self.none { unsafe newer[Int(state.newest)] = number }
        state.newest = number
        if state.oldest == Self.none { state.oldest = number }
    }

    private func unlink(_ index: Int, _ state: inout State) {
        let after = unsafe newer[index]
        let before = unsafe older[index]
        if after == Self.none { state.newest = before } else { unsafe older[Int(after)] = before }
        if before == Self.none { state.oldest = after } else { unsafe newer[Int(before)] = after }
    }
}
