import Synchronization

/// Where each type starts.
///
/// Of the 126,000 types of a kernel a program needs a dozen. So one pass over all notes every
/// 64th, and who wants one walks from there; only when many have been asked for, all are noted.
final class TypeOffsets: Sendable {
    /// How many types there are.
    let count: Int
    private let bytes: TypeBytes
    private let lengths: KindLengths
    private let start: Int
    /// Where every 64th type starts.
    private let marks: [UInt32]
    private let questions = Atomic<Int>(0)
    private let complete = AtomicLazyReference<CompleteOffsets>()

    private static let stride = 64
    /// How many walks are cheaper than noting all.
    private static let questionsBeforeAll = 4096

    /// Goes through all types and checks that each lies within the section.
    init(_ bytes: TypeBytes, _ header: BTFHeader) throws(BTFError) {
        let section = header.types
        let lengths = KindLengths(bytes, layouts: header.layouts)
        var marks: [UInt32] = []
        marks.reserveCapacity(section.count / (24 * Self.stride) + 1)
        var (offset, count) = (section.lowerBound, 0)
        while offset < section.upperBound {
            let available = section.upperBound - offset
            guard available >= TypeRecord.byteCount
            else { throw Self.truncated(offset, TypeRecord.byteCount, available) }
            let info = bytes.word(at: offset + 4)
            let needed = lengths.byteCount(info: info)
            guard needed != 0 else {
                let kind = TypeRecord.kindNumber(info: info)
                throw BTFError(.types(offset: offset), .unknownKind(kind))
            }
            guard needed <= available else { throw Self.truncated(offset, needed, available) }
            if count % Self.stride == 0 { marks.append(UInt32(truncatingIfNeeded: offset)) }
            offset += needed
            count += 1
        }
        (self.bytes, self.lengths, self.marks, self.count) = (bytes, lengths, marks, count)
        start = section.lowerBound
    }

    private static func truncated(_ offset: Int, _ needed: Int, _ available: Int) -> BTFError {
        BTFError(.types(offset: offset), .truncatedType(needed: needed, available: available))
    }

    /// Where a type starts, from the first byte of all.
    ///
    /// - Precondition: `0 <= index && index < count`.
    func offset(of index: Int) -> Int {
        if let complete = complete.load() { return Int(complete.offsets[index]) }
        guard questions.wrappingAdd(1, ordering: .relaxed).newValue < Self.questionsBeforeAll
        else { return Int(all().offsets[index]) }
        var offset = Int(marks[index / Self.stride])
        for _ in 0..<index % Self.stride { offset += length(at: offset) }
        return offset
    }

    /// Visits the types in order with their index and offset, until `body` returns false.
    @inline(__always)
    func visit(_ body: (_ index: Int, _ offset: Int) -> Bool) {
        var offset = start
        for index in 0..<count {
            guard body(index, offset) else { return }
            offset += length(at: offset)
        }
    }

    @inline(__always)
    private func length(at offset: Int) -> Int {
        lengths.byteCount(info: bytes.word(at: offset + 4))
    }

    private func all() -> CompleteOffsets {
        var offsets: [UInt32] = []
        offsets.reserveCapacity(count)
        visit { _, offset in
            offsets.append(UInt32(truncatingIfNeeded: offset))
            return true
        }
        return complete.storeIfNil(CompleteOffsets(offsets))
    }
}

/// Where all types start.
private final class CompleteOffsets: Sendable {
    let offsets: [UInt32]

    init(_ offsets: [UInt32]) { self.offsets = offsets }
}
