/// The states that a walk keeps to compare others with, by the slot where they were.
struct ExploredStates {
    /// All of them; a number is a place here.
    var entries: ContiguousArray<Entry> = []
    private var heads: ContiguousArray<Int32>
    private var free: [Int32] = []

    /// How many were kept, and how many at once at most.
    private(set) var total = 0
    private(set) var peak = 0

    /// A state that was kept.
    struct Entry {
        var state: State
        /// The next one of the same slot; -1 for none.
        var next: Int32
        var hits: Int32 = 0
        var misses: Int32 = 0
        /// Whether what is no longer alive was forgotten.
        var isClean = false
        /// Whether it is still in its slot's list.
        var isListed = true
    }

    init(slotCount: Int) {
        heads = ContiguousArray(repeating: -1, count: slotCount)
    }

    func first(at slot: Int) -> Int32 { heads[slot] }

    /// Keeps a state.
    mutating func keep(_ state: State, at slot: Int) -> Int32 {
        let entry = Entry(state: state, next: heads[slot])
        total += 1
        let index: Int32
        if let reused = free.popLast() {
            index = reused
            entries[Int(reused)] = entry
        } else {
            index = Int32(entries.count)
            entries.append(entry)
        }
        heads[slot] = index
        peak = max(peak, entries.count - free.count)
        return index
    }

    /// Takes a state out of its slot's list, where it helps too seldom.
    mutating func remove(_ index: Int32, after previous: Int32, at slot: Int) {
        let next = entries[Int(index)].next
        if previous < 0 { heads[slot] = next } else { entries[Int(previous)].next = next }
        entries[Int(index)].isListed = false
    }

    mutating func addBranch(to index: Int) { entries[index].state.branches += 1 }
}
