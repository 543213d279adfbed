/// The values of one key in a per-CPU map: one for each CPU there may ever be.
///
/// ```swift
/// let drops = try object.map("drops", as: PerCPUArray<UInt64>.self)
/// print(try drops[17].sum)
/// ```
public struct PerCPU<Value: BitwiseCopyable>: RandomAccessCollection {
    /// The values, by the number of the CPU.
    public private(set) var values: [Value]

    /// A value for each CPU, in their order.
    public init(_ values: [Value]) { self.values = values }

    /// The same value for so many CPUs.
    public init(repeating value: Value, count: Int) {
        values = Array(repeating: value, count: Swift.max(count, 0))
    }

    /// The first CPU's number, 0.
    public var startIndex: Int { values.startIndex }
    /// How many CPUs there are.
    public var endIndex: Int { values.endIndex }

    /// A CPU's value.
    public subscript(cpu: Int) -> Value {
        get { values[cpu] }
        set { values[cpu] = newValue }
    }
}

extension PerCPU: Sendable where Value: Sendable {}
extension PerCPU: Equatable where Value: Equatable {}
extension PerCPU: Hashable where Value: Hashable {}

extension PerCPU where Value: FixedWidthInteger {
    /// What all CPUs counted together; like a counter it wraps around at the end of its type.
    public var sum: Value { values.reduce(0, &+) }
}

extension PerCPU where Value: FloatingPoint {
    /// What all CPUs have together.
    public var sum: Value { values.reduce(0, +) }
}

extension PerCPU {
    /// The values as bpf(2) gives them: one after the other, each rounded up to 8 bytes.
    @usableFromInline
    init(decoding bytes: UnsafeRawBufferPointer) {
        let distance = Self.distance
        values = stride(from: 0, to: bytes.count, by: distance).map { offset in
            // SAFETY: `loadUnaligned` checks the offset; any bits are a value of the type.
            unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
        }
    }

    /// Writes the values as bpf(2) takes them.
    @usableFromInline
    func encode(into bytes: UnsafeMutableRawBufferPointer, padding: [Range<Int>]) {
        for (cpu, value) in values.enumerated() {
            let start = cpu * Self.distance
            guard start + Self.distance <= bytes.count else { return }
            unsafe bytes.storeBytes(of: value, toByteOffset: start, as: Value.self)
            for range in padding {
                for byte in range { unsafe bytes[start + byte] = 0 }
            }
        }
    }

    private static var distance: Int { Swift.max((MemoryLayout<Value>.stride + 7) / 8 * 8, 8) }
}
