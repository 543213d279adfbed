import EBPFBytecode
import EBPFMachineCode
import Synchronization

/// Atomic operations (RFC 9669, section 5.3); all of them are sequentially consistent.
extension Machine {
    func atomic32(_ op: OperationReference, _ r: RegisterFile) throws(Fault) {
        try atomic(UInt32.self, op, r)
    }

    func atomic64(_ op: OperationReference, _ r: RegisterFile) throws(Fault) {
        try atomic(UInt64.self, op, r)
    }

    @inline(__always)
    private func atomic<Word: AtomicWord>(
        _ type: Word.Type, _ op: OperationReference, _ r: RegisterFile
    ) throws(Fault) {
        guard let kind = AtomicKind(rawValue: op.detail) else { return }
        let old = try atomic(
            type, kind, r[op.destination] &+ op.displacement, operand: r[op.source],
            expected: r[.r0])
        switch kind {
        // r0 gets the old value even on success; of a 32-bit one, the upper half becomes zero.
        case .compareExchange: r[.r0] = old
        case .add, .or, .and, .xor: break
        case .fetchAdd, .fetchOr, .fetchAnd, .fetchXor, .exchange: r[op.source] = old
        }
    }

    /// Changes a word at a program's address; returns what was there.
    @inline(__always)
    private func atomic<Word: AtomicWord>(
        _ type: Word.Type, _ kind: AtomicKind, _ address: UInt64, operand: UInt64,
        expected: UInt64
    ) throws(Fault) -> UInt64 {
        let pointer = unsafe try atomicPlace(address, size: MemoryLayout<Word>.size)
        let operand = Word(truncatingIfNeeded: operand)
        guard kind == .compareExchange
        else { return UInt64(unsafe Word.apply(kind, operand, at: pointer)) }
        return UInt64(
            unsafe Word.compareExchange(
                expected: Word(truncatingIfNeeded: expected), desired: operand, at: pointer))
    }

    /// An atomic operation that machine code could not make itself; returns what was there.
    func atomic(
        _ kind: AtomicKind, byteCount: Int, _ address: UInt64, operand: UInt64,
        expected: UInt64
    ) throws(Fault) -> UInt64 {
        byteCount == 4
            ? try atomic(UInt32.self, kind, address, operand: operand, expected: expected)
            : try atomic(UInt64.self, kind, address, operand: operand, expected: expected)
    }

    /// `r1 = load_acquire((u32 *)(r2 + 0))`.
    func loadAcquire(_ op: OperationReference, _ r: RegisterFile) throws(Fault) {
        let address = r[op.source] &+ op.displacement
        let size = UInt32(op.detail)
        guard let pointer = unsafe memory.readable(address, size: UInt64(size))
        else { throw .access(address: address, size: size, isWrite: false) }
        guard address.isMultiple(of: UInt64(size))
        else { throw .misaligned(address: address, size: size) }
        let value: UInt64 =
            switch op.detail {
            case 1: UInt64(unsafe pointer.load(as: UInt8.self))
            case 2: UInt64(unsafe pointer.load(as: UInt16.self))
            case 4: UInt64(unsafe pointer.load(as: UInt32.self))
            default: unsafe pointer.load(as: UInt64.self)
            }
        atomicMemoryFence(ordering: .acquiring)
        r[op.destination] = value
    }

    /// `store_release((u32 *)(r1 + 0), r2)`.
    func storeRelease(_ op: OperationReference, _ r: RegisterFile) throws(Fault) {
        let pointer = unsafe try atomicPlace(
            r[op.destination] &+ op.displacement, size: Int(op.detail))
        let value = r[op.source]
        atomicMemoryFence(ordering: .releasing)
        switch op.detail {
        case 1: unsafe pointer.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        case 2: unsafe pointer.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
        case 4: unsafe pointer.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
        default: unsafe pointer.storeBytes(of: value, as: UInt64.self)
        }
    }

    private func atomicPlace(
        _ address: UInt64, size: Int
    ) throws(Fault) -> UnsafeMutableRawPointer {
        guard let pointer = unsafe memory.writable(address, size: UInt64(size))
        else { throw .access(address: address, size: UInt32(size), isWrite: true) }
        guard address.isMultiple(of: UInt64(size))
        else { throw .misaligned(address: address, size: UInt32(size)) }
        return unsafe pointer
    }
}
