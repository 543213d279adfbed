import EBPFBytecode
public import EBPFMaps
extension Map {
    func program(at index: UInt32) -> LoadedProgram? { nil }
    func setProgram(_ p: LoadedProgram, at index: UInt32) throws(KernelErrno) {}
    func setInnerMap(_ p: Map, key: [UInt8]) throws(KernelErrno) {}
    func innerMap(_ key: UnsafeRawPointer) -> Map? { nil }
    func discardRecord(at offset: Int) {}
}
extension Map {
    public func takeEvents() -> [[UInt8]] { [] }
}
