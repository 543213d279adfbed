public import EBPFKernel
public import EBPFMaps
import EBPFBytecode

extension AnyMap {
    /// The value of a key; of a per-CPU map all values (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Parameter key: ``keySize`` bytes.
    /// - Returns: ``valueByteCount`` bytes, or `nil` if the key is not there.
    /// - Throws: ``KernelError``, also for a key of another size.
    public func value(
        of key: [UInt8], flags: UpdateFlags = .any
    ) throws(KernelError) -> [UInt8]? {
        switch storage {
        case .kernel(let map): return try map.value(of: key, flags: flags.rawValue)
        case .userSpace(let map):
            return try optional("looking up a key in") { () throws(KernelErrno) in
                try map.lookup(key, flags: flags.rawValue)
            }
        }
    }

    /// The value of a key, which is removed (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`); also pops.
    ///
    /// - Returns: `nil` if the key is not there, or the queue is empty.
    /// - Throws: ``KernelError``.
    public func takeValue(of key: [UInt8] = []) throws(KernelError) -> [UInt8]? {
        switch storage {
        case .kernel(let map): return try map.takeValue(of: key)
        case .userSpace(let map):
            return try optional("taking a value out of") { () throws(KernelErrno) in
                try map.lookupAndDelete(key)
            }
        }
    }

    /// Sets the value of a key (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameter value: ``valueByteCount`` bytes.
    /// - Throws: ``KernelError``.
    public func update(
        _ key: [UInt8], _ value: [UInt8], flags: UpdateFlags = .any
    ) throws(KernelError) {
        switch storage {
        case .kernel(let map): try map.update(key, value, flags: flags.rawValue)
        case .userSpace(let map):
            do throws(KernelErrno) {
                try map.update(key, value, flags: flags.rawValue)
            } catch {
                throw failure("updating", error)
            }
        }
    }

    /// Removes a key (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ key: [UInt8]) throws(KernelError) -> Bool {
        switch storage {
        case .kernel(let map): return try map.remove(key)
        case .userSpace(let map):
            return try optional("removing a key from") { () throws(KernelErrno) in
                try map.delete(key)
            } != nil
        }
    }

    /// The key after a key, or the first; `nil` at the end (`BPF_MAP_GET_NEXT_KEY`).
    ///
    /// A hash starts again from the front when the given key was removed meanwhile.
    ///
    /// - Throws: ``KernelError``.
    public func key(after key: [UInt8]?) throws(KernelError) -> [UInt8]? {
        switch storage {
        case .kernel(let map): return try map.key(after: key)
        case .userSpace(let map):
            return try optional("walking") { () throws(KernelErrno) in
                try map.nextKey(after: key)
            }
        }
    }

    /// Forbids applications to change the map from now on (`BPF_MAP_FREEZE`).
    ///
    /// - Throws: ``KernelError``: `EBUSY` when it is frozen already.
    public func freeze() throws(KernelError) {
        switch storage {
        case .kernel(let map): try map.freeze()
        case .userSpace(let map):
            do throws(KernelErrno) { try map.freeze() } catch { throw failure("freezing", error) }
        }
    }

    private func optional<Result>(
        _ action: String, _ body: () throws(KernelErrno) -> Result
    ) throws(KernelError) -> Result? {
        do throws(KernelErrno) {
            return try body()
        } catch {
            guard error == .noEntry else { throw failure(action, error) }
            return nil
        }
    }
}
