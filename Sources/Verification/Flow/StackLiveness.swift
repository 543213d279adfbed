/// Which stack slots the code that follows still reads.
///
/// What is read and written through pointers only shows on the walk, so notes are taken there, by
/// instruction and chain of calls; from them follows, as for registers, what is alive where. A
/// state whose paths have all been walked has all its reads noted.
struct StackLiveness {
    private var instances: ContiguousArray<Instance> = []
    private var numbers: [Key: Int32] = [:]

    private struct Key: Hashable {
        let caller: Int32
        let callSlot: Int32
        let function: Int32
    }

    /// A function, called along one chain of calls.
    private struct Instance {
        let caller: Int
        let callSlot: Int
        let range: Range<Int>
        /// For each frame of the chain, what each instruction reads and certainly writes, and what
        /// is alive before it: a bit a stack slot.
        var frames: ContiguousArray<Masks>
        var isStale = false
    }

    private struct Masks {
        var reads: ContiguousArray<UInt64> = []
        var writes: ContiguousArray<UInt64> = []
        var hasStored: ContiguousArray<Bool> = []
        var alive: ContiguousArray<UInt64> = []

        mutating func prepare(_ count: Int) {
            guard reads.isEmpty else { return }
            reads = ContiguousArray(repeating: 0, count: count)
            writes = reads
            alive = reads
            hasStored = ContiguousArray(repeating: false, count: count)
        }
    }

    /// The number of a function that is called along a chain.
    mutating func instance(
        of function: Int, _ range: Range<Int>, caller: Int, callSlot: Int
    ) -> Int32 {
        let key = Key(
            caller: Int32(caller), callSlot: Int32(callSlot), function: Int32(function))
        if let known = numbers[key] { return known }
        let depth = caller < 0 ? 1 : instances[caller].frames.count + 1
        instances.append(
            Instance(
                caller: caller, callSlot: callSlot, range: range,
                frames: ContiguousArray(repeating: Masks(), count: depth)))
        numbers[key] = Int32(instances.count - 1)
        return Int32(instances.count - 1)
    }

    /// An instruction reads a slot of a frame.
    @inline(__always)
    mutating func noteRead(instance: Int, slot: Int, frame: Int, stackSlot: Int) {
        let bit: UInt64 = 1 << UInt64(stackSlot)
        let index = slot - instances[instance].range.lowerBound
        guard frame < instances[instance].frames.count else { return }
        if instances[instance].frames[frame].reads.isEmpty
            || instances[instance].frames[frame].reads[index] & bit == 0
        {
            instances[instance].frames[frame].prepare(instances[instance].range.count)
            instances[instance].frames[frame].reads[index] |= bit
            markStale(instance)
        }
    }

    /// A store was looked at: it wrote a slot, or none as a whole. What it does not write every
    /// time is not written for certain.
    mutating func noteStore(instance: Int, slot: Int, _ written: (frame: Int, index: Int)?) {
        let index = slot - instances[instance].range.lowerBound
        for frame in instances[instance].frames.indices {
            let bit: UInt64 = written?.frame == frame ? 1 << UInt64(written?.index ?? 0) : 0
            let isEmpty = instances[instance].frames[frame].reads.isEmpty
            if bit == 0, isEmpty { continue }
            if isEmpty {
                instances[instance].frames[frame].prepare(instances[instance].range.count)
            }
            let before = instances[instance].frames[frame].writes[index]
            let after = instances[instance].frames[frame].hasStored[index] ? before & bit : bit
            instances[instance].frames[frame].hasStored[index] = true
            if before != after {
                instances[instance].frames[frame].writes[index] = after
                markStale(instance)
            }
        }
    }

    private mutating func markStale(_ instance: Int) {
        var next = instance
        while next >= 0, !instances[next].isStale {
            instances[next].isStale = true
            next = instances[next].caller
        }
    }

    /// Brings what is alive up to date.
    mutating func update(_ flow: ControlFlow) {
        // Callees come after their callers.
        for number in instances.indices.reversed() where instances[number].isStale {
            instances[number].isStale = false
            for frame in instances[number].frames.indices {
                flowBackwards(number, frame, flow)
            }
            passToCaller(number)
        }
    }

    private mutating func flowBackwards(_ number: Int, _ frame: Int, _ flow: ControlFlow) {
        guard !instances[number].frames[frame].reads.isEmpty else { return }
        let start = instances[number].range.lowerBound
        var masks = instances[number].frames[frame]
        instances[number].frames[frame] = Masks()
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for index in masks.alive.indices.reversed() {
                let place = flow.slots[start + index]
                var after: UInt64 = 0
                if place.next >= 0 { after |= masks.alive[Int(place.next) - start] }
                if place.branch >= 0 { after |= masks.alive[Int(place.branch) - start] }
                let before = after & ~masks.writes[index] | masks.reads[index]
                if before != masks.alive[index] {
                    masks.alive[index] = before
                    hasChanged = true
                }
            }
        }
        instances[number].frames[frame] = masks
    }

    /// What a callee reads of its callers' frames, the call reads.
    private mutating func passToCaller(_ number: Int) {
        let caller = instances[number].caller
        guard caller >= 0 else { return }
        let index = instances[number].callSlot - instances[caller].range.lowerBound
        guard instances[caller].range.contains(instances[number].callSlot) else { return }
        for frame in instances[caller].frames.indices {
            guard let alive = instances[number].frames[frame].alive.first, alive != 0 else {
                continue
            }
            instances[caller].frames[frame].prepare(instances[caller].range.count)
            instances[caller].frames[frame].reads[index] |= alive
        }
    }

    /// The slots of a frame that are alive before an instruction, as bits.
    func alive(instance: Int, slot: Int, frame: Int) -> UInt64 {
        guard instances[instance].range.contains(slot), frame < instances[instance].frames.count,
            !instances[instance].frames[frame].alive.isEmpty
        else { return 0 }
        return instances[instance].frames[frame].alive[slot - instances[instance].range.lowerBound]
    }
}
