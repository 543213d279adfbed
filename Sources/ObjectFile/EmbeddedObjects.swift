/// A BPF object that was found inside another file.
public struct EmbeddedObject: Hashable, Sendable {
    /// Where in the other file it begins, in bytes.
    public let offset: Int
    /// Its bytes, ready for ``ObjectFile/init(_:name:)``.
    public let bytes: [UInt8]
}

/// Finds BPF objects in other files: tools made with libbpf skeletons carry theirs as constants.
///
/// An object has no length of its own; it ends where its table of sections or its last section
/// does, whichever is later.
enum EmbeddedObjects {
    /// How many entries of tables of sections may be looked at; a file may pretend to hold an
    /// object with a large table at every byte.
    private static let recordBudget = 1 << 22

    /// Where objects lie in the bytes, one after the other; objects within objects are not found.
    static func find(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var offset = 0
        var budget = recordBudget
        while let start = nextHeader(in: bytes, from: offset) {
            if let end = end(ofObjectAt: start, in: bytes, &budget) {
                found.append(start..<end)
                offset = end
            } else {
                offset = start + 1
            }
        }
        return found
    }

    /// The next place that begins like a 64-bit, little-endian, relocatable BPF file.
    private static func nextHeader(in bytes: [UInt8], from start: Int) -> Int? {
        var offset = start
        let last = bytes.count - ELFHeader.byteCount
        while offset <= last {
            guard let found = bytes[offset...last].firstIndex(of: ELFHeader.magic[0])
            else { return nil }
            if bytes.number(UInt64.self, at: found).map({ $0 << 8 }) == 0x0001_0102_464c_457f << 8,
                isBPF(bytes, at: found)
            {
                return found
            }
            offset = found + 1
        }
        return nil
    }

    private static func isBPF(_ bytes: [UInt8], at offset: Int) -> Bool {
        bytes[offset] == ELFHeader.magic[0]
            && bytes.number(UInt16.self, at: offset + 16) == ELFHeader.typeRelocatable
            && bytes.number(UInt16.self, at: offset + 18) == ELFHeader.machineBPF
    }

    /// Where the object that begins at `start` ends, or `nil` if it is not whole.
    private static func end(
        ofObjectAt start: Int,
        in bytes: [UInt8],
        _ budget: inout Int
    ) -> Int? {
        let available = UInt64(bytes.count - start)
        guard let table = bytes.number(UInt64.self, at: start + 40),
            let count = bytes.number(UInt16.self, at: start + 60),
            bytes.number(UInt16.self, at: start + 58) == UInt16(ELFSectionRecord.byteCount),
            table >= UInt64(ELFHeader.byteCount), table <= available,
            count > 0, UInt64(count) * UInt64(ELFSectionRecord.byteCount) <= available - table
        else { return nil }
        budget -= Int(count)
        guard budget > 0 else { return nil }
        var end = table + UInt64(count) * UInt64(ELFSectionRecord.byteCount)
        for index in 0..<Int(count) {
            let record = ELFSectionRecord(
                bytes,
                at: start + Int(table) + index * ELFSectionRecord.byteCount
            )
            guard !record.hasNoBytes else { continue }
            let (sectionEnd, overflow) = record.offset.addingReportingOverflow(record.size)
            guard !overflow, sectionEnd <= available else { return nil }
            end = max(end, sectionEnd)
        }
        return start + Int(end)
    }
}

extension ObjectFile {
    /// The BPF objects within the bytes of another file, in the order of their offsets.
    ///
    /// Tools made with libbpf skeletons (`bpftool gen skeleton`) carry their objects as constants.
    public static func embedded(in bytes: [UInt8]) -> [EmbeddedObject] {
        EmbeddedObjects.find(in: bytes).map {
            EmbeddedObject(offset: $0.lowerBound, bytes: Array(bytes[$0]))
        }
    }
}
