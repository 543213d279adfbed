import EBPFBytecode
public import EBPFKernel
import EBPFMaps

// The operations on one entry, on memory that the caller has. Typed maps keep keys and values on
// the stack, so that nothing is allocated on the way to the kernel.

/// What is done to one entry.
@usableFromInline
enum ElementOperation: Sendable {
    case lookup
    case take
    case update
    case remove

    fileprivate var command: BPFCommand {
        switch self {
        case .lookup: .mapLookup
        case .take: .mapLookupAndDelete
        case .update: .mapUpdate
        case .remove: .mapDelete
        }
    }

    fileprivate var action: String {
        switch self {
        case .lookup: "looking up a key in"
        case .take: "taking a value out of"
        case .update: "updating"
        case .remove: "removing a key from"
        }
    }
}

extension AnyMap {
    /// Does something to the entry of a key.
    ///
    /// - Returns: false if the key is not there, or the queue is empty (`ENOENT`).
    /// - Throws: ``KernelError`` for everything else.
    // SAFETY: as for `attempt`.
    @unsafe
    @usableFromInline
    func perform(
        _ operation: ElementOperation, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        flags: UpdateFlags = []
    ) throws(KernelError) -> Bool {
        let errno = unsafe attempt(operation, key, value, flags)
        return errno == 0 ? true : try isThere(operation, errno)
    }

    /// Does something to the entry of a key: 0, or the error number.
    // SAFETY: `key` has `keySize` bytes or is nil for maps without keys; `value` has
    // `valueByteCount` bytes, which look-ups fill, or is nil to remove.
    @unsafe
    @usableFromInline
    func attempt(
        _ operation: ElementOperation, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UpdateFlags
    ) -> Int32 {
        if let direct {
            return unsafe direct.element(operation.command, key, value, flags.rawValue)
        }
        return unsafe attemptElsewhere(operation, key, value, flags)
    }

    // SAFETY: as above.
    @unsafe
    @inline(never)
    private func attemptElsewhere(
        _ operation: ElementOperation, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UpdateFlags
    ) -> Int32 {
        switch storage {
        case .kernel(let map):
            return unsafe map.element(operation.command, key, value, flags.rawValue)
        case .userSpace(let map):
            do throws(KernelErrno) {
                try unsafe call(operation, map, key, value, flags)
                return 0
            } catch {
                return error.rawValue
            }
        }
    }

    /// What an error number says about an entry: false if it is not there.
    ///
    /// - Throws: ``KernelError`` for everything else.
    @usableFromInline
    func isThere(_ operation: ElementOperation, _ errno: Int32) throws(KernelError) -> Bool {
        // An update fails with ENOENT where the flags want an entry to replace.
        guard errno == KernelErrno.noEntry.rawValue, operation != .update
        else { throw failure(operation.action, KernelErrno(rawValue: errno)) }
        return false
    }

    private func call(
        _ operation: ElementOperation, _ map: EBPFMaps.Map, _ key: UnsafeRawPointer?,
        _ value: UnsafeMutableRawPointer?, _ flags: UpdateFlags
    ) throws(KernelErrno) {
        let key = unsafe [UInt8](
            UnsafeRawBufferPointer(start: key, count: key == nil ? 0 : keySize))
        let room = unsafe UnsafeMutableRawBufferPointer(
            start: value, count: value == nil ? 0 : valueByteCount)
        switch operation {
        case .lookup:
            if let filter = map as? EBPFMaps.BloomFilter {
                guard try unsafe filter.contains([UInt8](room)) else { throw .noEntry }
                return
            }
            unsafe room.copyBytes(from: try map.lookup(key, flags: flags.rawValue))
        case .take:
            unsafe room.copyBytes(from: try map.lookupAndDelete(key, flags: flags.rawValue))
        case .update: try unsafe map.update(key, [UInt8](room), flags: flags.rawValue)
        case .remove: try map.delete(key)
        }
    }

    /// What a failed operation says: the map, the error, and what the kind of map makes of it.
    func failure(_ action: String, _ errno: KernelErrno) -> KernelError {
        let (reason, remedy) = explanation(errno)
        return KernelError("\(action) \(self)", errno, reason: reason, remedy: remedy)
    }

    private func explanation(_ errno: KernelErrno) -> (reason: String?, remedy: String?) {
        switch (errno, type) {
        case (.tooBig, .array), (.tooBig, .perCPUArray), (.tooBig, .arrayOfMaps),
            (.tooBig, .programArray), (.tooBig, .queue), (.tooBig, .stack), (.tooBig, .deviceMap),
            (.tooBig, .cpuMap), (.tooBig, .xskMap), (.tooBig, .socketMap):
            type == .queue || type == .stack
                ? ("all its \(maxEntries) places are taken", "take values out first")
                : ("its last index is \(maxEntries - 1)", nil)
        case (.tooBig, _):
            (
                "all its \(maxEntries) entries are in use",
                "remove some, or give the map more before loading"
            )
        case (.noSpace, .longestPrefixMatchTrie):
            (
                "all its \(maxEntries) entries are in use",
                "remove some, or give the map more before loading"
            )
        case (.exists, _): ("the key is there already", nil)
        case (.noEntry, _): ("the key is not there", nil)
        case (.notPermitted, _):
            ("the map is frozen, or may not be used so by applications", "set it before loading")
        default: (nil, nil)
        }
    }
}
