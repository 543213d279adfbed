public import EBPFBytecode

/// A map with keys and values as Swift types.
///
/// Each conforming type is one kind of map, and has the operations that the kernel gives the kind
/// and no others; ``LoadedObject/map(_:as:)`` opens it.
///
/// Keys and values are plain data (`BitwiseCopyable`): integers, tuples, and structures of these
/// whose members lie where the object's own type has them.
public protocol TypedMap: Sendable, CustomStringConvertible {
    /// The kinds of maps that can be opened so.
    static var mapTypes: [MapType] { get }
    /// What a key is in Swift; `nil` for maps without keys.
    static var keyType: (any BitwiseCopyable.Type)? { get }
    /// What a value is in Swift; `nil` where the kernel decides.
    static var valueType: (any BitwiseCopyable.Type)? { get }
    /// What programs send through it, for maps of events; `nil` for others.
    static var eventType: (any BitwiseCopyable.Type)? { get }
    /// The map behind it.
    var binding: MapBinding { get }

    /// Takes over a map that has been checked.
    init(_ binding: MapBinding)
}

extension TypedMap {
    /// There are no events.
    public static var eventType: (any BitwiseCopyable.Type)? { nil }

    /// Opens a map, once its kind and the layout of its keys and values have been checked.
    ///
    /// - Throws: ``BindingError``, naming the first member that differs.
    public init(opening map: AnyMap) throws(BindingError) {
        guard Self.mapTypes.contains(map.type) else {
            let kind = map.type.name
            throw BindingError(
                .map, map.name,
                .kind(is: "a map of type \(kind)", remedy: map.type.remedy))
        }
        let key = try map.check(.key, Self.keyType)
        let event = try map.checkEvent(Self.eventType)
        let value = if let event { event } else { try map.check(.value, Self.valueType) }
        self.init(MapBinding(map, keyPadding: key, valuePadding: value))
    }

    /// The map with bytes for keys and values.
    public var map: AnyMap { binding.map }

    /// The map as messages name it.
    public var description: String { binding.map.description }
}

extension MapType {
    /// What to open a map of this type as.
    fileprivate var remedy: String {
        let name: String? =
            switch self {
            case .hash: "HashMap"
            case .lruHash: "LRUHashMap"
            case .perCPUHash: "PerCPUHashMap"
            case .lruPerCPUHash: "LRUPerCPUHashMap"
            case .array: "ArrayMap"
            case .perCPUArray: "PerCPUArray"
            case .longestPrefixMatchTrie: "LPMTrie"
            case .queue: "Queue"
            case .stack: "Stack"
            case .bloomFilter: "BloomFilter"
            case .ringBuffer: "RingBuffer"
            case .userRingBuffer: "UserRingBuffer"
            case .perfEventArray: "PerfEventArray"
            case .arrayOfMaps: "ArrayOfMaps"
            case .hashOfMaps: "HashOfMaps"
            case .programArray: "ProgramArray"
            case .stackTrace: "StackTraces"
            case .deviceMap: "DeviceMap"
            case .deviceMapHash: "DeviceHash"
            case .cpuMap: "CPUMap"
            case .xskMap: "XSKMap"
            case .socketMap: "SocketMap"
            case .socketHash: "SocketHash"
            case .socketStorage: "SocketStorage"
            case .taskStorage: "TaskStorage"
            case .inodeStorage: "InodeStorage"
            case .cgroupStorage: "CgroupStorage"
            case .cgroupArray: "CgroupArray"
            case .reusePortSocketArray: "ReusePortSocketArray"
            default: nil
            }
        return name.map { "open it as \($0)" } ?? "use it through the object's maps, as bytes"
    }
}
