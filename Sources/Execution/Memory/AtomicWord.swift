import EBPFMachineCode
import Synchronization

/// A word of memory that several threads may change at once.
///
/// Each requirement is one instruction of the host; `Synchronization` has them for concrete types
/// only, hence the two conformances that look alike.
protocol AtomicWord: FixedWidthInteger, UnsignedInteger, BitwiseCopyable {
    /// Applies an operation to the word at an aligned address; returns what was there.
    @unsafe
    static func apply(_ kind: AtomicKind, _ operand: Self, at pointer: UnsafeMutableRawPointer)
        -> Self

    /// Writes `desired` if the word equals `expected`; returns what was there.
    @unsafe
    static func compareExchange(
        expected: Self, desired: Self, at pointer: UnsafeMutableRawPointer
    ) -> Self
}

extension UInt32: AtomicWord {
    @unsafe
    static func apply(
        _ kind: AtomicKind, _ operand: UInt32, at pointer: UnsafeMutableRawPointer
    ) -> UInt32 {
        let cell = unsafe pointer.assumingMemoryBound(to: Atomic<UInt32>.self)
        return switch kind {
        case .add, .fetchAdd:
            unsafe cell.pointee.wrappingAdd(operand, ordering: .sequentiallyConsistent).oldValue
        case .or, .fetchOr:
            unsafe cell.pointee.bitwiseOr(operand, ordering: .sequentiallyConsistent).oldValue
        case .and, .fetchAnd:
            unsafe cell.pointee.bitwiseAnd(operand, ordering: .sequentiallyConsistent).oldValue
        case .xor, .fetchXor:
            unsafe cell.pointee.bitwiseXor(operand, ordering: .sequentiallyConsistent).oldValue
        case .exchange, .compareExchange:
            unsafe cell.pointee.exchange(operand, ordering: .sequentiallyConsistent)
        }
    }

    @unsafe
    static func compareExchange(
        expected: UInt32, desired: UInt32, at pointer: UnsafeMutableRawPointer
    ) -> UInt32 {
        let cell = unsafe pointer.assumingMemoryBound(to: Atomic<UInt32>.self)
        return unsafe cell.pointee.compareExchange(
            expected: expected, desired: desired, ordering: .sequentiallyConsistent
        ).original
    }
}

extension UInt64: AtomicWord {
    @unsafe
    static func apply(
        _ kind: AtomicKind, _ operand: UInt64, at pointer: UnsafeMutableRawPointer
    ) -> UInt64 {
        let cell = unsafe pointer.assumingMemoryBound(to: Atomic<UInt64>.self)
        return switch kind {
        case .add, .fetchAdd:
            unsafe cell.pointee.wrappingAdd(operand, ordering: .sequentiallyConsistent).oldValue
        case .or, .fetchOr:
            unsafe cell.pointee.bitwiseOr(operand, ordering: .sequentiallyConsistent).oldValue
        case .and, .fetchAnd:
            unsafe cell.pointee.bitwiseAnd(operand, ordering: .sequentiallyConsistent).oldValue
        case .xor, .fetchXor:
            unsafe cell.pointee.bitwiseXor(operand, ordering: .sequentiallyConsistent).oldValue
        case .exchange, .compareExchange:
            unsafe cell.pointee.exchange(operand, ordering: .sequentiallyConsistent)
        }
    }

    @unsafe
    static func compareExchange(
        expected: UInt64, desired: UInt64, at pointer: UnsafeMutableRawPointer
    ) -> UInt64 {
        let cell = unsafe pointer.assumingMemoryBound(to: Atomic<UInt64>.self)
        return unsafe cell.pointee.compareExchange(
            expected: expected, desired: desired, ordering: .sequentiallyConsistent
        ).original
    }
}
