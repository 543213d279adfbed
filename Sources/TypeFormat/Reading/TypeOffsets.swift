import Synchronization

/// Where each type starts.
///
/// Of the 126,000 types of a kernel a program needs a dozen. So one pass over all notes every
/// 64th, and who wants one walks from there; only when many have been asked for, all are noted.
///
/// The pass checks that each type lies within the section. Of memory that has been checked before
/// it waits for the first question, which it answers on the way.
final class TypeOffsets: Sendable {
    private let bytes: TypeBytes
    private let lengths: KindLengths
    /// Where the types lie.
    let section: Range<Int>
    private let marks = SetOnce<OffsetMarks>()
    /// The number of types, once it is known; -1 before.
    private let counted = Atomic<Int>(-1)
    private let questions = Atomic<Int>(0)
    private let complete = SetOnce<CompleteOffsets>()

    /// How many walks are cheaper than noting all.
    private static let questionsBeforeAll = 4096

    /// Goes through all types and checks them, unless that has been done.
    init(_ bytes: TypeBytes, _ header: BTFHeader) throws(BTFError) {
        self.bytes = bytes
        section = header.types
        lengths = KindLengths(bytes, layouts: header.layouts)
        guard !bytes.areChecked else { return }
        if let fault = pass({ _, _ in true })?.fault { throw fault }
    }

    /// How many types there are.
    var count: Int {
        let count = counted.load(ordering: .relaxed)
        return count >= 0 ? count : known.count
    }

    private var known: OffsetMarks {
        marks.value ?? pass { _, _ in true } ?? OffsetMarks(0, [], nil)
    }

    /// Goes through all types for the first time, and shows each; `nil` if the body has seen enough
    /// before the end, and nothing is noted.
    @inline(__always)
    private func pass(_ body: (_ index: Int, _ offset: Int) -> Bool) -> OffsetMarks? {
        var found: [UInt32] = []
        found.reserveCapacity(section.count / (24 * OffsetMarks.stride) + 1)
        var (offset, count) = (section.lowerBound, 0)
        let last = section.upperBound - TypeRecord.byteCount
        while offset <= last {
            let needed = length(at: offset)
            guard needed != 0, needed <= section.upperBound - offset else { break }
            if count % OffsetMarks.stride == 0 { found.append(UInt32(truncatingIfNeeded: offset)) }
            guard body(count, offset) else { return nil }
            offset += needed
            count += 1
        }
        counted.store(count, ordering: .relaxed)
        return marks.set(OffsetMarks(count, found, fault(at: offset)))
    }

    /// Why there is no type at an offset; `nil` at the end.
    private func fault(at offset: Int) -> BTFError? {
        let available = section.upperBound - offset
        guard available > 0 else { return nil }
        var needed = TypeRecord.byteCount
        if available >= needed {
            needed = length(at: offset)
            let kind = TypeRecord.kindNumber(info: bytes.word(at: offset + 4))
            guard needed != 0 else { return BTFError(.types(offset: offset), .unknownKind(kind)) }
        }
        return BTFError(
            .types(offset: offset), .truncatedType(needed: needed, available: available))
    }

    /// Where a type starts, from the first byte of all.
    ///
    /// - Precondition: `0 <= index && index < count`.
    func offset(of index: Int) -> Int {
        if let complete = complete.value { return Int(complete.offsets[index]) }
        guard questions.wrappingAdd(1, ordering: .relaxed).newValue < Self.questionsBeforeAll
        else { return Int(all().offsets[index]) }
        var offset = Int(known.offsets[index / OffsetMarks.stride])
        for _ in 0..<index % OffsetMarks.stride { offset += length(at: offset) }
        return offset
    }

    /// Visits the types in order with their index and offset, until `body` returns false.
    @inline(__always)
    func visit(_ body: (_ index: Int, _ offset: Int) -> Bool) {
        guard let known = marks.value else {
            _ = pass(body)
            return
        }
        var offset = section.lowerBound
        for index in 0..<known.count {
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
        return complete.set(CompleteOffsets(offsets))
    }
}

/// Where every 64th type starts.
private final class OffsetMarks: Sendable {
    static let stride = 64
    /// How many types there are.
    let count: Int
    let offsets: [UInt32]
    /// What ended the pass, if not the end of the section.
    let fault: BTFError?

    init(_ count: Int, _ offsets: [UInt32], _ fault: BTFError?) {
        (self.count, self.offsets, self.fault) = (count, offsets, fault)
    }
}

/// Where all types start.
private final class CompleteOffsets: Sendable {
    let offsets: [UInt32]

    init(_ offsets: [UInt32]) { self.offsets = offsets }
}
