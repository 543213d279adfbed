import EBPFBytecode

/// Batches of a hash go bucket by bucket; the cursor is the number of the next bucket.
extension HashedMap {
    func readBuckets(
        after cursor: MapBatch.Cursor?,
        limit: Int,
        removing: Bool
    ) throws(KernelErrno) -> MapBatch {
        var bucket = try bucketNumber(cursor)
        var result = MapBatch(entries: [], cursor: nil, isLast: false)
        while bucket < table.bucketCount {
            guard !table.isEmpty(bucket: bucket) else {
                bucket += 1
                continue
            }
            let room = limit - result.entries.count
            guard let slots = append(bucket, to: &result, room: room, removing: removing) else {
                guard !result.entries.isEmpty else { throw .noSpace }
                result.cursor = cursorValue(bucket)
                return result
            }
            for slot in slots { release(slot) }
            bucket += 1
        }
        result.cursor = cursorValue(bucket)
        result.isLast = true
        return result
    }

    /// Copies a bucket; returns the slots to release, or `nil` if it has more than `room` entries.
    private func append(
        _ bucket: Int,
        to result: inout MapBatch,
        room: Int,
        removing: Bool
    ) -> [Int]? {
        table.locks.withLock(table.locks.index(of: bucket)) {
            let slots = table.slots(inBucket: bucket)
            guard slots.count <= room else { return nil }
            for slot in slots {
                result.entries.append((table.keyBytes(slot), copy(slot, [])))
                if removing { table.remove(slot) }
            }
            return removing ? slots : []
        }
    }

    private func bucketNumber(_ cursor: MapBatch.Cursor?) throws(KernelErrno) -> Int {
        guard let cursor else { return 0 }
        guard cursor.bytes.count == 4 else { throw .invalidArgument }
        return cursor.bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private func cursorValue(_ bucket: Int) -> MapBatch.Cursor {
        MapBatch.Cursor(bytes: (0..<4).map { UInt8(truncatingIfNeeded: bucket >> ($0 * 8)) })
    }
}
