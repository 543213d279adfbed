import EBPFMaps

/// What a program holds for a while and must give back: ring buffer records and spin locks.
///
/// Each is visible as memory only while it is held, so a use after `submit` is a fault.
struct Holdings {
    /// A ring buffer record between reserve and submit, by the number of its region.
    struct Record {
        let region: Int
        let map: Map
        let offset: Int
        let byteCount: Int
    }

    /// A region of bytes that a dynptr or a slice shows.
    struct Dynptr {
        var address: UInt64
        var byteCount: Int
        var isReadOnly: Bool
        var kind: Kind

        /// Where the bytes are.
        enum Kind: Hashable {
            case memory
            case record(region: Int)
            case packet
        }
    }

    var records: [Record] = []
    var dynptrs: [Int: Dynptr] = [:]
    var nextDynptr = 1
    /// The address of the spin lock that is held.
    var lock: UInt64?

    var isEmpty: Bool { records.isEmpty && lock == nil && dynptrs.isEmpty }

    /// A number for a new region, if one is free.
    var freeRegion: Int? {
        Address.temporaryRegions.first { region in !records.contains { $0.region == region } }
    }
}
