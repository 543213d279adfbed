import EBPFBytecode
public import EBPFKernel
public import EBPFMaps

extension WritableMap {
    /// Inserts or replaces many entries, in one call where the kernel can
    /// (`BPF_MAP_UPDATE_BATCH`, Linux 5.6).
    ///
    /// - Throws: ``KernelError`` of the first that does not fit; those before it are in the map.
    public func update(
        contentsOf entries: some Sequence<(key: Key, value: Value)>, flags: UpdateFlags = .any
    ) throws(KernelError) {
        guard let kernelMap = map.kernelMap else {
            for entry in entries { try update(entry.key, entry.value, flags: flags) }
            return
        }
        var (keys, values): ([UInt8], [UInt8]) = ([], [])
        for entry in entries {
            keys += try binding.keyBytes(entry.key)
            values += try binding.valueBytes(entry.value)
        }
        guard !keys.isEmpty else { return }
        try kernelMap.update(keys: keys, values: values, flags: flags.rawValue)
    }
}

extension RemovableMap {
    /// Removes many keys, in one call where the kernel can (`BPF_MAP_DELETE_BATCH`, Linux 5.6).
    ///
    /// - Returns: how many of them were there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(contentsOf keys: some Sequence<Key>) throws(KernelError) -> Int {
        guard let kernelMap = map.kernelMap else {
            var count = 0
            for key in keys where try remove(key) { count += 1 }
            return count
        }
        var bytes: [UInt8] = []
        for key in keys { bytes += try binding.keyBytes(key) }
        return bytes.isEmpty ? 0 : try kernelMap.remove(keys: bytes)
    }
}

extension TakableMap where Self: WalkableMap {
    /// Takes all entries out: what is inserted meanwhile stays or comes along.
    ///
    /// - Throws: ``KernelError``.
    public func takeAll() throws(KernelError) -> [(key: Key, value: Value)] {
        var entries: [(key: Key, value: Value)] = []
        for key in try keys() {
            if let value = try take(key) { entries.append((key, value)) }
        }
        return entries
    }
}

extension MapBinding {
    /// A key as the map takes it, with zeros where no member is.
    fileprivate func keyBytes<Key: BitwiseCopyable>(_ key: Key) throws(KernelError) -> [UInt8] {
        try bytes(of: key, keyPadding, count: map.keySize)
    }

    /// A value as the map takes it, with zeros where no member is.
    fileprivate func valueBytes<Value: BitwiseCopyable>(
        _ value: Value
    ) throws(KernelError) -> [UInt8] {
        try bytes(of: value, valuePadding, count: map.valueByteCount)
    }

    private func bytes<Value: BitwiseCopyable>(
        of value: Value, _ padding: [Range<Int>], count: Int
    ) throws(KernelError) -> [UInt8] {
        let size = min(count, MemoryLayout<Value>.stride)
        // SAFETY: the storage has as many bytes as the type's stride, all of them initialised.
        let bytes = unsafe try withStorage(of: value, padding: padding) {
            place throws(KernelError) in
            unsafe [UInt8](UnsafeRawBufferPointer(start: place, count: size))
        }
        return bytes + [UInt8](repeating: 0, count: count - size)
    }
}
