import EBPFBytecode

// Many entries in one call, for which keys and values lie one after the other.

extension KernelMap {
    /// Sets the values of many keys (`BPF_MAP_UPDATE_BATCH`).
    ///
    /// - Parameters:
    ///   - keys: keys one after the other.
    ///   - values: their values, ``valueByteCount`` bytes each.
    ///   - flags: `BPF_F_LOCK`; with others the entries are set one by one.
    /// - Throws: ``KernelError``, which says how many entries were set before.
    public func update(
        keys: [UInt8], values: [UInt8], flags: UInt64 = 0
    ) throws(KernelError) {
        let count = try count(of: keys)
        guard values.count == count * valueByteCount else {
            throw KernelError(
                "updating \(self)", .invalidArgument,
                reason: "\(count) values have \(count * valueByteCount) bytes, not \(values.count)")
        }
        var done = 0
        while done < count {
            var progress = 0
            do throws(KernelErrno) {
                try batch(.mapUpdateBatch, keys, values, from: done, count, flags, &progress)
                return
            } catch {
                done += progress
                guard Self.meansNoBatches(error), progress == 0 else {
                    throw KernelError(
                        "updating \(self)", error,
                        reason: "\(done) of \(count) entries were set before this one")
                }
            }
            try update(
                slice(keys, done, Int(shape.keySize)), slice(values, done, valueByteCount),
                flags: flags)
            done += 1
        }
    }

    /// Removes many keys (`BPF_MAP_DELETE_BATCH`); those that are not there are passed over.
    ///
    /// - Parameter keys: keys one after the other.
    /// - Returns: how many were there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(keys: [UInt8]) throws(KernelError) -> Int {
        let count = try count(of: keys)
        var (done, removed) = (0, 0)
        while done < count {
            var progress = 0
            do throws(KernelErrno) {
                try batch(.mapDeleteBatch, keys, [], from: done, count, 0, &progress)
                return removed + count - done
            } catch {
                done += progress
                removed += progress
                if error == .noEntry {
                    done += 1
                    continue
                }
                guard Self.meansNoBatches(error), progress == 0 else {
                    throw KernelError(
                        "removing keys from \(self)", error,
                        reason: "\(removed) were removed before this one")
                }
            }
            if try remove(slice(keys, done, Int(shape.keySize))) { removed += 1 }
            done += 1
        }
        return removed
    }

    private static func meansNoBatches(_ error: KernelErrno) -> Bool {
        [.invalidArgument, .notSupported, .operationNotSupported].contains(error)
    }

    private func count(of keys: [UInt8]) throws(KernelError) -> Int {
        let size = Int(shape.keySize)
        guard size > 0, keys.count.isMultiple(of: size) else {
            throw KernelError(
                "looking at \(self)", .invalidArgument,
                reason: "keys have \(size) bytes each; \(keys.count) are no multiple of it")
        }
        return keys.count / size
    }

    private func slice(_ bytes: [UInt8], _ index: Int, _ size: Int) -> [UInt8] {
        Array(bytes[(index * size)..<((index + 1) * size)])
    }

    // SAFETY: the callers have checked that there are `count` keys, and as many values or none.
    private func batch(
        _ command: BPFCommand, _ keys: [UInt8], _ values: [UInt8], from first: Int, _ count: Int,
        _ flags: UInt64, _ progress: inout Int
    ) throws(KernelErrno) {
        var attributes = MapBatchAttributes()
        attributes.map = number
        attributes.count = UInt32(clamping: count - first)
        attributes.elementFlags = flags
        defer { progress = min(Int(attributes.count), count - first) }
        let (keyOffset, valueOffset) = (first * Int(shape.keySize), first * valueByteCount)
        do throws(KernelErrno) {
            try unsafe withBytes(of: keys) { keys throws(KernelErrno) in
                try unsafe withBytes(of: values) { values throws(KernelErrno) in
                    attributes.keys = UInt64(UInt(bitPattern: keys)) + UInt64(keyOffset)
                    attributes.values =
                        unsafe values == nil
                        ? 0 : UInt64(UInt(bitPattern: values)) + UInt64(valueOffset)
                    try system.bpf(command, &attributes)
                }
            }
        } catch {
            // A kernel that knows no batches leaves the count as it was.
            if Self.meansNoBatches(error), Int(attributes.count) == count - first {
                attributes.count = 0
            }
            throw error
        }
    }
}
