import EBPFBytecode

/// A number in a map that a program counts up whenever it could not send an event.
///
/// The kernel does not count what did not fit into a ring buffer, so the program has to:
///
/// ```c
/// event = bpf_ringbuf_reserve(&events, sizeof *event, 0);
/// if (!event) { __sync_fetch_and_add(&lost, 1); return 0; }
/// ```
///
/// ```swift
/// let ring = try KernelRingBuffer(map, lossCounter: LossCounter(in: data, at: 16))
/// ```
public struct LossCounter: Sendable {
    /// The map that holds it; of a per-CPU map all values are added.
    public let map: KernelMap
    /// The key of the value that holds it.
    public let key: [UInt8]
    /// Where it begins in the value, in bytes.
    public let offset: Int

    /// A counter of 8 bytes, in this machine's byte order.
    ///
    /// - Parameters:
    ///   - map: the map, for a global variable that of its section.
    ///   - key: the entry; `nil` for the first of an array.
    ///   - offset: where the number begins in the value.
    public init(in map: KernelMap, key: [UInt8]? = nil, at offset: Int = 0) {
        self.map = map
        self.key = key ?? [UInt8](repeating: 0, count: Int(map.shape.keySize))
        self.offset = offset
    }

    /// What it counts now; 0 if the entry is not there.
    ///
    /// - Throws: ``KernelError``, also if the value is too short.
    public func count() throws(KernelError) -> UInt64 {
        guard let value = try map.value(of: key) else { return 0 }
        let step = value.count / map.valuesPerKey
        guard offset >= 0, offset <= step - 8 else {
            throw KernelError(
                "counting lost events in \(map)", .outOfRange,
                reason: "a value of \(step) bytes has no 8 bytes at \(offset)")
        }
        return (0..<map.valuesPerKey).reduce(0) { sum, cpu in
            sum &+ (value.value(at: cpu * step + offset) ?? 0)
        }
    }
}
