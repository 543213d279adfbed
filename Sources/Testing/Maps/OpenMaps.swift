import EBPF
import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFProgram
import Synchronization

/// The maps of a native program, by the addresses of their globals: made when they are first used.
final class OpenMaps: Sendable {
    private let maps = Mutex<[UInt: EBPF.AnyMap]>([:])

    /// A map that was made.
    subscript(place: UInt) -> EBPF.AnyMap? { maps.withLock { $0[place] } }

    /// Makes the map of the global at an address; `nil` if it is no map, or cannot be made.
    func make(at place: UInt, on host: UserSpaceHost, _ reports: Reports) -> EBPFMaps.Map? {
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: place),
            let global = unsafe NativeMap(at: pointer), let type = MapType(rawValue: global.type)
        else { return nil }
        do {
            let fields = global.valueType.map { ManagedFields(of: $0).fields } ?? []
            let map = try host.makeMap(Self.spec(global, type), specialFields: fields)
            let open = EBPF.AnyMap("map", inMachine: map)
            if type == .perfEventArray {
                // Events are lost that are sent before somebody listens.
                try EBPF.PerfEventArray<UInt8>(opening: open).withRecords { _ in }
            }
            maps.withLock { $0[place] = open }
            return map
        } catch {
            let name = Symbols.shared.names(at: place).first ?? "of the program"
            reports.add("the map \(name) cannot be made: \(error)")
            return nil
        }
    }

    private static func spec(_ global: NativeMap, _ type: MapType) -> MapSpec {
        MapSpec(
            name: "map", type: type, keySize: global.keySize, valueSize: global.valueSize,
            maxEntries: global.maxEntries, flags: EBPFBytecode.MapFlags(rawValue: global.flags),
            extra: global.extra)
    }
}
