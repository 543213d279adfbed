import EBPFBytecode
import EBPFMachineCode
import EBPFVerification

extension CodeUnit {
    /// Takes over what a verifier has proved.
    ///
    /// - Parameters:
    ///   - shape: gets what the machine code will rely on.
    ///   - regions: the number of each map's region, by the map's name.
    mutating func apply(
        _ facts: Facts, to shape: inout CompiledProgram.Shape, regions: [String: Int]
    ) {
        isVerified = true
        shape.contextByteCount = facts.contextByteCount
        shape.stackByteCount = min(
            max(facts.functions.first?.stackByteCount ?? 0, 0), Machine.frameByteCount)
        guard facts.helpers.isDisjoint(with: Self.substituted) else { return }
        var trustsPackets = false
        accesses = program.indices.map { slot in
            guard let memory = facts.memory(at: slot) else { return .checked }
            switch memory {
            case .packet, .packetMetadata: trustsPackets = true
            default: break
            }
            return Self.plan(memory, isStore: program[slot].opcode & 6 == 2, regions: regions)
        }
        shape.trustsPackets = trustsPackets
        shape.leavesInput = leavesInput(facts)
    }

    /// Whether no instruction can change the context or the packet.
    private func leavesInput(_ facts: Facts) -> Bool {
        guard facts.helpers.isSubset(of: Self.readers), kernelFunctions.isEmpty else {
            return false
        }
        return program.indices.allSatisfy { slot in
            guard program[slot].opcode & 6 == 2, let memory = facts.memory(at: slot)
            else { return true }
            switch memory {
            case .stack, .mapValue: return true
            case .context, .packet, .packetMetadata, .memory, .kernelObject: return false
            }
        }
    }

    /// Helpers that change nothing that the program gives them but maps; what they are told to write
    /// to might be the packet.
    private static let readers: Set<Int32> = Set(
        [
            HelperID.mapLookupElem, .mapUpdateElem, .mapDeleteElem, .mapPushElem,
            .mapLookupPercpuElem, .ktimeGetNs, .ktimeGetBootNs, .ktimeGetCoarseNs, .ktimeGetTaiNs,
            .jiffies64, .getPrandomU32, .getSmpProcessorId, .getNumaNodeId, .tracePrintk,
            .redirect, .redirectMap, .csumDiff, .perfEventOutput, .ringbufOutput, .ringbufQuery,
            .spinLock, .spinUnlock, .xdpGetBuffLen,
        ].map { Int32(bitPattern: $0.rawValue) })

    /// Helpers that Linux promises a result of, and that here may return null.
    private static let substituted: Set<Int32> = Set(
        [HelperID.getLocalStorage, .getCurrentTaskBtf, .perCpuPtr, .thisCpuPtr].map {
            Int32(bitPattern: $0.rawValue)
        })

    private static func plan(
        _ memory: Facts.Memory, isStore: Bool, regions: [String: Int]
    ) -> AccessPlan {
        switch memory {
        case .stack(let place):
            guard place.isOwnFrame else { return .proved }
            return place.offset.flatMap { Int16(exactly: $0) }.map { .frameByte($0) } ?? .frame
        // The machine decides what becomes of a field that is written.
        case .context: return isStore ? .checked : .region(UInt16(Address.contextRegion))
        case .packet: return .region(UInt16(Address.packetRegion))
        case .packetMetadata, .memory: return .proved
        case .mapValue(let name):
            return regions[name].flatMap { UInt16(exactly: $0) }.map { .region($0) } ?? .proved
        case .kernelObject: return .checked
        }
    }
}
