import EBPFBytecode
import EBPFMaps
import Synchronization

/// What the machine asks of maps that hold programs, maps and records.
extension Map {
    private static let lastProgramID = Atomic<UInt32>(0)

    /// The program at an index of a program array.
    func program(at index: UInt32) -> ProgramBody? {
        guard let array = self as? ProgramArray else { return nil }
        return array.program(at: index)?.program as? ProgramBody
    }

    /// Puts a program into a program array under a new id.
    func setProgram(_ program: ProgramBody, at index: UInt32) throws(KernelErrno) {
        guard let array = self as? ProgramArray else { throw .invalidArgument }
        let id = Self.lastProgramID.wrappingAdd(1, ordering: .relaxed).newValue
        let key = (0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) }
        try array.update(key, program: MapProgram(id: id, program: program))
    }

    /// Puts a map into an array or hash of maps.
    func setInnerMap(_ map: Map, key: [UInt8]) throws(KernelErrno) { try update(key, map: map) }

    /// The map under a key of an array or hash of maps.
    func innerMap(_ key: UnsafeRawPointer) -> Map? { unsafe programLookupMap(key) }
}
