extension Helper {
    /// The parameters as programs of a type meet them: a few helpers take something else there.
    public func parameters(in type: ProgramType) -> [Parameter] {
        guard let variant = Self.variants[id], variant.types.contains(type),
            parameters.indices.contains(variant.index)
        else { return tracingParameters(in: type) }
        return replacing(variant.index, by: variant.kind, nullable: variant.isNullable)
    }

    /// The storages of sockets take the kernel's own structure where programs trace.
    private func tracingParameters(in type: ProgramType) -> [Parameter] {
        guard type == .tracing || type == .syscall, parameters.indices.contains(1),
            id == .skStorageGet || id == .skStorageDelete
        else { return parameters }
        return replacing(1, by: .structure("sock_common"), nullable: type == .tracing)
    }

    private func replacing(
        _ index: Int, by kind: Parameter.Kind, nullable: Bool
    ) -> [Parameter] {
        var changed = parameters
        changed[index] = Parameter(changed[index].declaration, kind, nullable: nullable)
        return changed
    }

    private struct Variant: Sendable {
        let index: Int
        let kind: Parameter.Kind
        var isNullable = false
        let types: Set<ProgramType>
    }

    private static let variants: [HelperID: Variant] = [
        // Only where there is a packet is it looked at; elsewhere the task's class is meant.
        .getCgroupClassid: Variant(
            index: 0, kind: .unchecked,
            types: Set(ProgramType.allCases).subtracting([
                .schedulerClassifier, .schedulerAction, .lwtIn, .lwtOut, .lwtTransmit,
                .lwtSeg6Local,
            ])),
        .getSocketCookie: Variant(
            index: 0, kind: .anySocket, isNullable: true,
            types: [.socketReusePort, .syscall, .tracing, .lsm]),
        .setsockopt: Variant(
            index: 0, kind: .anySocket,
            types: [.cgroupSocketOption, .structOperations, .lsm, .tracing]),
        .getsockopt: Variant(
            index: 0, kind: .anySocket,
            types: [.cgroupSocketOption, .structOperations, .lsm, .tracing]),
        .skStorageGet: Variant(index: 1, kind: .context, types: [.cgroupSocket]),
        .skAssign: Variant(index: 1, kind: .socket, isNullable: true, types: [.socketLookup]),
        .xdpGetBuffLen: Variant(
            index: 0, kind: .structure("xdp_buff"), types: [.tracing, .syscall, .lsm]),
    ]
}
