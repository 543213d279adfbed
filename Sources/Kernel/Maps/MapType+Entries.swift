import EBPFBytecode

extension MapType {
    /// The smallest number of entries that the kernel makes maps of this type with.
    var leastEntries: UInt32 {
        switch self {
        case .ringBuffer, .userRingBuffer: UInt32(clamping: Mapping.pageSize)
        case .socketStorage, .inodeStorage, .taskStorage, .cgroupStorage,
            .cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated:
            0
        default: 1
        }
    }
}
