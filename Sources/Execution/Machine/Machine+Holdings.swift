import EBPFMaps

/// Ring buffer records and locks that the program holds.
extension Machine {
    /// Gives back what the program did not; returns what it was.
    func releaseHoldings() -> Fault.UnreleasedReference? {
        var leftover: Fault.UnreleasedReference?
        for record in holdings.records {
            memory[record.region] = .none
            record.map.discardRecord(at: record.offset)
            leftover = .record
        }
        if holdings.lock != nil { leftover = .lock }
        holdings = Holdings()
        return leftover
    }
}
