/// The states that a walk keeps to compare others with, by the slot where they were.
struct ExploredStates {
    /// All of them; a number is a place here.
    var entries: ContiguousArray<Entry> = []
    /// What is known of each beside itself.
    var notes: ContiguousArray<Note> = []
    private var heads: ContiguousArray<Int32>
    private var free: [Int32] = []

    /// How many were kept, and how many at once at most.
    private(set) var total = 0
    private(set) var peak = 0

    /// A state that was kept.
    struct Entry {
        var state: State
    }

    /// What is asked of a kept state again and again, apart from the state: that is long.
    struct Note {
        /// The state before it, on the same path.
        let parent: Int32
        /// Where it is, and from where its function was called.
        let slot, callSlot: Int32
        /// Where the way to it from the state before it began, and the last slot on that way.
        let firstSlot, lastSlot: Int32
        /// How it came from the state before it.
        let history: ContiguousArray<HistoryEntry>
        /// How many paths from it are still to be walked.
        var branches: Int32
        /// The next one of the same slot; -1 for none.
        var next: Int32
        var hits: Int32 = 0
        var misses: Int32 = 0
        /// Whether what is no longer alive was forgotten.
        var isClean = false
        /// Whether it is still in its slot's list.
        var isListed = true

        init(_ state: borrowing State, next: Int32) {
            (parent, slot) = (state.parent, state.slot)
            callSlot = state.frames[state.current].callSlot
            (firstSlot, lastSlot) = (state.firstSlot, state.lastSlot)
            history = state.history
            branches = state.branches
            self.next = next
        }
    }

    init(slotCount: Int) {
        heads = ContiguousArray(repeating: -1, count: slotCount)
    }

    func first(at slot: Int) -> Int32 { heads[slot] }

    /// Keeps a state.
    mutating func keep(_ state: State, at slot: Int) -> Int32 {
        let entry = Entry(state: state)
        let note = Note(state, next: heads[slot])
        total += 1
        let index: Int32
        if let reused = free.popLast() {
            index = reused
            entries[Int(reused)] = entry
            notes[Int(reused)] = note
        } else {
            index = Int32(entries.count)
            entries.append(entry)
            notes.append(note)
        }
        heads[slot] = index
        peak = max(peak, entries.count - free.count)
        return index
    }

    /// Takes a state out of its slot's list, where it helps too seldom.
    mutating func remove(_ index: Int32, after previous: Int32, at slot: Int) {
        let next = notes[Int(index)].next
        if previous < 0 { heads[slot] = next } else { notes[Int(previous)].next = next }
        notes[Int(index)].isListed = false
    }

    mutating func addBranch(to index: Int) { notes[index].branches += 1 }

    /// Takes up a path again that had ended, below a state that is not done with after all. Gives the
    /// states that are open again, the last one first.
    mutating func reopen(_ parent: Int32, below entry: Int32) -> [Int32] {
        var opened: [Int32] = []
        var index = parent
        while index >= 0 {
            notes[Int(index)].branches += 1
            if notes[Int(index)].branches > 1 { break }
            opened.append(index)
            if index == entry { break }
            index = notes[Int(index)].parent
        }
        return opened
    }
}

/// How far a walk, or the one before it, has come since it kept a state.
struct Cadence {
    var jumps = 0
    var instructions = 0
}
