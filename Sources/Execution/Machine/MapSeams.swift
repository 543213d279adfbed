import EBPFBytecode
import EBPFMaps
extension Map {
    func program(at index: UInt32) -> LoadedProgram? { nil }
    func setProgram(_ p: LoadedProgram, at index: UInt32) throws(KernelErrno) {}
    func setInnerMap(_ p: Map, key: [UInt8]) throws(KernelErrno) {}
    func innerMap(_ key: UnsafeRawPointer) -> Map? { nil }
    func freeze() throws(KernelErrno) {}
    func discardRecord(at offset: Int) {}
    static func make(_ d: MapDefinition, cpuCount: Int, inner: MapDefinition?) throws(KernelErrno) -> Map { throw .notSupported }
}
