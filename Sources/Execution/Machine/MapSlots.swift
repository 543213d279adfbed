import EBPFBytecode
import EBPFMaps

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The maps that the programs of one virtual CPU can name, by index; a place each for all that
/// there can be, so that the table never moves while another thread adds a map.
@safe
struct MapSlots: @unchecked Sendable {
    private let storage: Storage

    @safe
    private final class Storage {
        let slots: UnsafeMutablePointer<Unmanaged<Map>?>

        init() throws(KernelErrno) {
            let size = unsafe MemoryLayout<Unmanaged<Map>?>.stride
            guard let memory = unsafe calloc(Address.regionCount, size) else { throw .noMemory }
            unsafe slots = memory.bindMemory(
                to: Unmanaged<Map>?.self, capacity: Address.regionCount)
        }

        deinit { unsafe free(slots) }
    }

    /// - Throws: ENOMEM when the host has no memory for the table.
    init() throws(KernelErrno) { storage = try Storage() }

    /// Does something with the map at an index, if there is one; takes no reference to it.
    @inline(__always)
    func with<Value>(
        _ index: Int, _ body: (Map) throws(Fault) -> Value
    ) throws(Fault) -> Value? {
        let outcome = plainly(index) { map -> Swift.Result<Value, Fault>? in
            do throws(Fault) { return .success(try body(map)) } catch { return .failure(error) }
        }
        return try outcome?.get()
    }

    /// The same for what cannot fail.
    @inline(__always)
    func plainly<Value>(_ index: Int, _ body: (Map) -> Value?) -> Value? {
        guard (0..<Address.regionCount).contains(index), let slot = unsafe storage.slots[index]
        else { return nil }
        // SAFETY: the registration of a map outlives every run that can name it.
        return unsafe slot._withUnsafeGuaranteedRef { body($0) }
    }

    /// The map at an index. The caller who stores one keeps it alive until it stores `nil`.
    @inline(__always)
    subscript(index: Int) -> Map? {
        get {
            guard (0..<Address.regionCount).contains(index) else { return nil }
            // SAFETY: the registration of a map outlives every run that can name it.
            return unsafe storage.slots[index]?.takeUnretainedValue()
        }
        nonmutating set {
            guard (0..<Address.regionCount).contains(index) else { return }
            unsafe storage.slots[index] = newValue.map { unsafe Unmanaged.passUnretained($0) }
        }
    }
}
