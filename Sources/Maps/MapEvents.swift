extension Map {
    /// Takes the records out of a ring buffer, or the events out of all buffers of a perf event
    /// array, CPU by CPU; nothing from other kinds.
    public final func takeEvents() -> [[UInt8]] {
        switch self {
        case let ring as RingBuffer: ring.takeRecords()
        case let array as PerfEventArray: array.takeAllBuffers()
        default: []
        }
    }
}

extension PerfEventArray {
    fileprivate func takeAllBuffers() -> [[UInt8]] {
        var events: [[UInt8]] = []
        for index in 0..<min(cpuCount, definition.maxEntries) {
            guard let buffer = buffer(at: UInt32(index)) else { continue }
            unsafe buffer.drain { unsafe events.append([UInt8]($0)) }
        }
        return events
    }
}
