public import EBPFBytecode

/// What was attempted, as far as it decides which rights the kernel asks for.
public enum Undertaking: Hashable, Sendable {
    /// Something with bpf(2), perf events or networks that is not known more closely.
    case anything
    /// Loading a program.
    case load(ProgramType)
    /// Creating a map.
    case create(MapType)
    /// Finding or opening objects of others by number, or counting their runs.
    case inspection
    /// Opening a perf event.
    case perfEvent
    /// Changing a network device.
    case network

    /// The rights it needs: of each row, one is enough; a row is empty when none is needed.
    ///
    /// - Parameter isOpenToAll: whether `kernel.unprivileged_bpf_disabled` is 0.
    func needed(isOpenToAll: Bool) -> [Capabilities] {
        let administration = Capabilities.systemAdministration
        let bpf = administration.union(.bpf)
        let tracing = administration.union(.performanceMonitoring)
        let network = administration.union(.networkAdministration)
        switch self {
        case .anything: return [bpf, tracing, network, administration]
        case .inspection: return [administration]
        case .perfEvent: return [tracing]
        case .network: return [.networkAdministration]
        case .create(let type):
            if type.isForNetworks { return [network, bpf] }
            return isOpenToAll && type.isForEveryone ? [] : [bpf]
        case .load(let type):
            let needed = type.neededCapabilities
            if isOpenToAll, needed.isEmpty { return [] }
            return [bpf] + (type.isForTracing ? [tracing] : [])
                + (needed.contains(.networkAdministration) ? [network] : [])
        }
    }
}

extension ProgramType {
    /// Whether loading it needs `CAP_PERFMON`: it reads the kernel's memory.
    var isForTracing: Bool { neededCapabilities.contains(.performanceMonitoring) }
}

extension MapType {
    /// Whether creating it needs `CAP_NET_ADMIN`.
    fileprivate var isForNetworks: Bool {
        switch self {
        case .socketMap, .socketHash, .deviceMap, .deviceMapHash, .xskMap: true
        default: false
        }
    }

    /// Whether unprivileged processes may create it where they may use bpf(2) at all.
    fileprivate var isForEveryone: Bool {
        switch self {
        case .hash, .array, .programArray, .perfEventArray, .perCPUHash, .perCPUArray,
            .cgroupArray, .arrayOfMaps, .hashOfMaps, .ringBuffer, .userRingBuffer,
            .cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated:
            true
        default: false
        }
    }
}
