import EBPFBytecode
import EBPFMaps

/// Ring buffer records and locks that the program holds.
extension Machine {
    /// Reserves a record and shows it to the program.
    ///
    /// - Returns: its number as a region; `nil` without room, or while too many are held.
    func reserveRecord(in ring: RingBuffer, _ byteCount: UInt64, flags: UInt64) -> Int? {
        guard let values = ring.valueMemory, let region = takeRegion() else { return nil }
        guard let record = ring.reserve(byteCount, flags: flags) else {
            giveBack(region: region)
            return nil
        }
        memory[region] = unsafe .object(
            at: values.base + record.offset,
            start: Address.start(ofRegion: region),
            byteCount: record.byteCount,
            isWritable: true
        )
        holdings.records.append(.init(region: region, ring: ring, record: record))
        return region
    }

    /// Submits or discards the record in a region; the program does not see it any more.
    ///
    /// - Returns: whether there was one.
    func completeRecord(in region: Int, isDiscarded: Bool, flags: UInt64) -> Bool {
        guard let index = holdings.records.firstIndex(where: { $0.region == region })
        else { return false }
        let held = holdings.records.remove(at: index)
        giveBack(region: region)
        if isDiscarded {
            held.ring.discard(at: held.record.offset, flags: flags)
        } else {
            held.ring.submit(at: held.record.offset, flags: flags)
        }
        holdings.dynptrs = holdings.dynptrs.filter { $0.value.storage != .record(region: region) }
        return true
    }

    /// Gives back what the program did not; returns what it was.
    func releaseHoldings() -> Fault.UnreleasedReference? {
        var leftover: Fault.UnreleasedReference?
        while let record = holdings.records.last {
            _ = completeRecord(in: record.region, isDiscarded: true, flags: 0)
            leftover = .record
        }
        if let lock = holdings.lock {
            if let word = unsafe memory.writable(lock, size: 4) {
                unsafe ValueLock.release(at: word)
            }
            leftover = .lock
        }
        for region in Address.temporaryRegions where holdings.usedRegions & 1 << region != 0 {
            giveBack(region: region)
        }
        holdings = Holdings()
        return leftover
    }
}
