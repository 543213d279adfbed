/// What a map is, as it lies in the memory of its global until the linker reads it.
///
/// The linker knows this layout (`MapDeclaration` in `EBPFCompilation`): change both.
@usableFromInline
struct MapDefinition: BitwiseCopyable {
    /// `EBPFMAP1`
    @usableFromInline var magic: UInt64 = 0x3150_414d_4650_4245
    @usableFromInline var type: UInt32
    @usableFromInline var keySize: UInt32
    @usableFromInline var valueSize: UInt32
    @usableFromInline var maxEntries: UInt32
    @usableFromInline var flags: UInt32
    @usableFromInline var pinning: UInt32
    @usableFromInline var extra: UInt64
    /// Which argument of the generic type is the key; then the value, the form of the key, the
    /// event: a byte each, arguments counted from 1.
    @usableFromInline var roles: UInt32
    /// Of a map of maps, what these are: the kind, a byte; which argument of the generic type they
    /// are, a byte; their roles, four bits each.
    @usableFromInline var innerKind: UInt32 = 0
    @usableFromInline var innerKeySize: UInt32 = 0
    @usableFromInline var innerValueSize: UInt32 = 0
    @usableFromInline var innerMaxEntries: UInt32 = 0
    @usableFromInline var innerFlags: UInt32 = 0

    @inline(__always) @usableFromInline
    init(
        type: UInt32, keySize: Int, valueSize: Int, maxEntries: Int, flags: MapFlags = [],
        pinning: UInt32 = 0, extra: UInt64 = 0, roles: UInt32
    ) {
        self.type = type
        self.keySize = UInt32(truncatingIfNeeded: keySize)
        self.valueSize = UInt32(truncatingIfNeeded: valueSize)
        self.maxEntries = UInt32(truncatingIfNeeded: maxEntries)
        self.flags = flags.rawValue
        self.pinning = pinning
        self.extra = extra
        self.roles = roles
    }
}

/// What the arguments of a map's type are for.
@usableFromInline
enum MapRoles {
    /// Key and value.
    @inline(__always) @usableFromInline static var keyed: UInt32 { 0x0000_0201 }
    /// An index and a value.
    @inline(__always) @usableFromInline static var indexed: UInt32 { 0x0002_0100 }
    /// A prefix and a value.
    @inline(__always) @usableFromInline static var prefixed: UInt32 { 0x0001_0201 }
    /// A key, with a value that has no type.
    @inline(__always) @usableFromInline static var key: UInt32 { 0x0000_0001 }
    /// A value without a key.
    @inline(__always) @usableFromInline static var element: UInt32 { 0x0000_0100 }
    /// An index.
    @inline(__always) @usableFromInline static var index: UInt32 { 0x0002_0000 }
    /// An event.
    @inline(__always) @usableFromInline static var event: UInt32 { 0x0100_0000 }
}

/// How a map is made (`BPF_F_…`).
public struct MapFlags: OptionSet, BitwiseCopyable, Sendable {
    public let rawValue: UInt32

    @inline(__always) public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Entries are allocated when they are added (`BPF_F_NO_PREALLOC`).
    public static var allocatesLater: MapFlags { @inline(__always) get { MapFlags(rawValue: 1) } }
    /// Programs may not write (`BPF_F_RDONLY_PROG`).
    public static var readOnlyInPrograms: MapFlags {
        @inline(__always) get { MapFlags(rawValue: 1 << 7) }
    }
    /// Applications may map it into their memory (`BPF_F_MMAPABLE`).
    public static var mappable: MapFlags { @inline(__always) get { MapFlags(rawValue: 1 << 10) } }
}

/// When an update may happen (`BPF_ANY`, `BPF_NOEXIST`, `BPF_EXIST`).
public struct UpdateMode: BitwiseCopyable, Sendable {
    @usableFromInline let rawValue: UInt64

    @inline(__always) @usableFromInline init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Always.
    public static var any: UpdateMode { @inline(__always) get { UpdateMode(0) } }
    /// Only if there is no entry.
    public static var ifAbsent: UpdateMode { @inline(__always) get { UpdateMode(1) } }
    /// Only if there is an entry.
    public static var ifPresent: UpdateMode { @inline(__always) get { UpdateMode(2) } }
}
