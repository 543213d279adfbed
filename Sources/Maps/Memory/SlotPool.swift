import EBPFBytecode
import Synchronization

/// Which of a fixed number of slots are free: a counter for those never used, and a stack of those
/// given back, so that memory is touched only as far as the map was ever filled.
@safe
final class SlotPool: @unchecked Sendable {
    private struct State {
        var neverUsed: Int
        var freeHead: UInt32 = 0
        var freeCount = 0
    }

    private let freshEnd: Int
    private let slots: Range<Int>
    // SAFETY: points into `slab`; indices are slot numbers less the first, checked by `give`.
    private let links: UnsafeMutablePointer<UInt32>
    private let slab: Slab
    private let state: Mutex<State>

    /// A pool of the slots `fresh`; `spareCount` slots after them are in other hands at first and
    /// may be given in exchange.
    init(fresh: Range<Int>, spareCount: Int = 0) throws(KernelErrno) {
        freshEnd = fresh.upperBound
        slots = fresh.lowerBound..<(fresh.upperBound &+ spareCount)
        slab = try Slab(count: slots.count, stride: 4)
        unsafe links = slab.base.assumingMemoryBound(to: UInt32.self)
        state = Mutex(State(neverUsed: fresh.lowerBound))
    }

    /// How many slots are in use.
    var usedCount: Int { state.withLock { $0.neverUsed &- slots.lowerBound &- $0.freeCount } }

    /// A free slot, the one given back last if there is one.
    func take() -> Int? {
        state.withLock { state in
            if state.freeHead != 0 {
                let slot = Int(state.freeHead) &- 1
                unsafe state.freeHead = links[slot &- slots.lowerBound]
                state.freeCount &-= 1
                return slot
            }
            guard state.neverUsed < freshEnd else { return nil }
            defer { state.neverUsed &+= 1 }
            return state.neverUsed
        }
    }

    /// Gives a slot back.
    func give(_ slot: Int) {
        guard slots.contains(slot) else { return }
        state.withLock { state in
            unsafe links[slot &- slots.lowerBound] = state.freeHead
            state.freeHead = UInt32(truncatingIfNeeded: slot &+ 1)
            state.freeCount &+= 1
        }
    }
}
