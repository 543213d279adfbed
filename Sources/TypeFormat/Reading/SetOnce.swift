import Synchronization

/// A reference that is set once and read often, without a lock.
///
/// The standard library's `AtomicLazyReference` does the same, but asks the runtime for type
/// metadata each time it is read: a third of the time of printing a kernel's types.
@safe
struct SetOnce<Instance: AnyObject & Sendable>: ~Copyable, Sendable {
    // SAFETY: 0, or the address of an object that this value has retained and never changes.
    private let address = Atomic<UInt>(0)

    init() {}

    deinit {
        unsafe Self.object(address.load(ordering: .acquiring))?.release()
    }

    /// What was set; `nil` before.
    @inline(__always)
    var value: Instance? {
        unsafe Self.object(address.load(ordering: .acquiring))?.takeUnretainedValue()
    }

    /// Sets it unless somebody was quicker.
    ///
    /// - Returns: what is set now.
    func set(_ instance: Instance) -> Instance {
        let new = unsafe Unmanaged.passRetained(instance)
        let (done, old) = unsafe address.compareExchange(
            expected: 0, desired: UInt(bitPattern: new.toOpaque()), ordering: .acquiringAndReleasing
        )
        guard !done, let earlier = unsafe Self.object(old) else { return instance }
        unsafe new.release()
        return unsafe earlier.takeUnretainedValue()
    }

    @unsafe
    @inline(__always)
    private static func object(_ address: UInt) -> Unmanaged<Instance>? {
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
        return unsafe Unmanaged.fromOpaque(pointer)
    }
}
