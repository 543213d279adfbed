public import EBPFBytecode
public import EBPFMaps

extension UserSpaceProgram {
    /// Puts the program into a prog array, for tail calls to jump to (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: EINVAL for another kind of map, E2BIG past its end.
    public func put(into array: Map, at index: UInt32) throws(KernelErrno) {
        try array.setProgram(body, at: index)
    }
}
