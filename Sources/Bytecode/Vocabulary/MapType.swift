/// The kinds of maps (`enum bpf_map_type` in `linux/bpf.h`, Linux 6.18).
public enum MapType: UInt32, CaseIterable, Sendable {
    case unspecified = 0
    case hash, array, programArray, perfEventArray
    case perCPUHash, perCPUArray
    case stackTrace, cgroupArray
    case lruHash, lruPerCPUHash
    case longestPrefixMatchTrie
    case arrayOfMaps, hashOfMaps
    case deviceMap, socketMap, cpuMap, xskMap, socketHash
    case cgroupStorageDeprecated, reusePortSocketArray, perCPUCgroupStorageDeprecated
    case queue, stack
    case socketStorage, deviceMapHash
    case structOperations
    case ringBuffer
    case inodeStorage, taskStorage
    case bloomFilter
    case userRingBuffer
    case cgroupStorage
    case arena
}
