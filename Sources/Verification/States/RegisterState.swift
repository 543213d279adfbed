import EBPFBytecode

/// What is known of a register, or of eight bytes of stack that a register was saved in.
///
/// A flat value without references: states are copied by copying memory.
struct RegisterState: Hashable, Sendable {
    /// What it holds.
    var kind: Kind
    /// What else is known of a pointer.
    var traits: Traits
    /// Whether the exact range of a number mattered: states are alike only if it is contained.
    var isPrecise: Bool
    /// The constant part of a pointer's offset, in bytes; of a number that is linked to another,
    /// how much it is more.
    var offset: Int32
    /// Which others it is known to be equal with, or from where it came; 0 for none.
    var id: UInt32
    /// Which acquired object it belongs to; 0 for none.
    var reference: UInt32
    /// What the kind needs: see its documentation.
    var detail: UInt32
    /// A second detail.
    var detail2: UInt32
    /// The number; of a pointer, the variable part of the offset.
    var number: Scalar

    /// A register in which nothing is known to be.
    static let uninitialized = RegisterState(.uninitialized, number: .unknown)
    /// Any number.
    static let unknown = RegisterState(.scalar, number: .unknown)

    /// A known number.
    static func constant(_ value: UInt64) -> RegisterState {
        RegisterState(.scalar, number: Scalar(value))
    }

    /// A number.
    static func scalar(_ number: Scalar) -> RegisterState { RegisterState(.scalar, number: number) }

    /// A pointer without offset.
    static func pointer(
        _ kind: Kind, _ traits: Traits = [], detail: UInt32 = 0, detail2: UInt32 = 0
    ) -> RegisterState {
        var pointer = RegisterState(kind, number: Scalar(0))
        pointer.traits = traits
        pointer.detail = detail
        pointer.detail2 = detail2
        return pointer
    }

    @inline(__always)
    private init(_ kind: Kind, number: Scalar) {
        self.kind = kind
        traits = []
        isPrecise = false
        offset = 0
        id = 0
        reference = 0
        detail = 0
        detail2 = 0
        self.number = number
    }
}

extension RegisterState {
    /// What a register can hold (`enum bpf_reg_type` of the kernel).
    enum Kind: UInt8, Sendable {
        /// Nothing that may be read.
        case uninitialized
        /// A number.
        case scalar
        /// The program's context.
        case context
        /// A map itself; `detail` is its index.
        case map
        /// A value of a map: `detail` is its index, `detail2` tells apart maps of a map of maps.
        case mapValue
        /// A key, in a callback over a map.
        case mapKey
        /// The stack; `detail` is the number of the frame.
        case stack
        /// The bytes before a packet.
        case packetMetadata
        /// A packet; `detail` is how many bytes are known to be there.
        case packet
        /// The end of a packet.
        case packetEnd
        /// The keys of a flow dissector.
        case flowKeys
        /// A full socket.
        case socket
        /// The part that all sockets have.
        case socketCommon
        /// A TCP socket.
        case tcpSocket
        /// The writable buffer of a raw tracepoint.
        case tracepointBuffer
        /// An AF_XDP socket.
        case xdpSocket
        /// A structure: `detail` is its type; `detail2` says whose types: see ``TypeSource``.
        case structure
        /// Memory of `detail` bytes.
        case memory
        /// A buffer of which programs cannot know the length.
        case buffer
        /// A pointer into an arena.
        case arena
        /// A function of the program; `detail` is its number.
        case function
        /// A dynptr that is an argument, or on the stack; `detail` is its ``DynptrKind``.
        case dynptr
        /// The first or second half of an iterator on the stack; `detail` is its structure,
        /// `detail2` its progress.
        case iterator
        /// Saved interrupt state on the stack; `detail` is the family of functions.
        case interruptFlag
    }

    /// What else is known of a pointer (the flags of `enum bpf_type_flag`).
    struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: UInt16
        /// It may be null instead (`PTR_MAYBE_NULL`).
        static let nullable = Traits(rawValue: 1 << 0)
        /// The memory is read-only (`MEM_RDONLY`).
        static let readOnly = Traits(rawValue: 1 << 1)
        /// It is a record of a ring buffer (`MEM_RINGBUF`).
        static let ringBuffer = Traits(rawValue: 1 << 2)
        /// It points into user space (`MEM_USER`).
        static let user = Traits(rawValue: 1 << 3)
        /// It is an offset into each CPU's memory (`MEM_PERCPU`).
        static let perCPU = Traits(rawValue: 1 << 4)
        /// What it points to may be gone: only loads that may fault quietly (`PTR_UNTRUSTED`).
        static let untrusted = Traits(rawValue: 1 << 5)
        /// The program allocated it (`MEM_ALLOC`).
        static let allocated = Traits(rawValue: 1 << 6)
        /// What it points to is alive for certain (`PTR_TRUSTED`).
        static let trusted = Traits(rawValue: 1 << 7)
        /// It is alive until the RCU section ends (`MEM_RCU`).
        static let rcu = Traits(rawValue: 1 << 8)
        /// The program does not own it, but may look at it until the lock is released
        /// (`NON_OWN_REF`).
        static let borrowed = Traits(rawValue: 1 << 9)
        /// The first of the slots that an object on the stack takes.
        static let firstSlot = Traits(rawValue: 1 << 10)
        /// A number that differs from another of the same `id` by `offset`.
        static let linkedByOffset = Traits(rawValue: 1 << 11)
        /// The same of 32 bits: the upper halves of both are zero.
        static let linkedByWordOffset = Traits(rawValue: 1 << 14)
        /// How a number can be linked by an offset.
        static let linkedBySomeOffset: Traits = [.linkedByOffset, .linkedByWordOffset]
        /// Dynptrs: the memory cannot be written through it.
        static let readOnlyDynptr = Traits(rawValue: 1 << 12)
        /// Memory that a dynptr hands out lives as long as that.
        static let ofDynptr = Traits(rawValue: 1 << 13)
    }

    /// Whose types a structure's number counts in.
    enum TypeSource {
        /// The kernel's.
        static let kernel: UInt32 = 0
        /// The program's own.
        static let program: UInt32 = 1
    }

    /// What a dynptr stands for (`enum bpf_dynptr_type`).
    enum DynptrKind: UInt32 {
        case local = 1, ringBuffer, skb, xdp, skbMetadata, file

        /// Whether it must be given back.
        var isReference: Bool { self == .ringBuffer || self == .file }
    }
}

extension RegisterState {
    @inline(__always)
    var isPointer: Bool { kind.rawValue > Kind.scalar.rawValue }
    @inline(__always)
    var isNullable: Bool { traits.contains(.nullable) }
    /// Whether it is a number that differs from another by an offset.
    var isLinkedByOffset: Bool { !traits.isDisjoint(with: .linkedBySomeOffset) }
    /// Whether it is the number zero.
    @inline(__always)
    var isZero: Bool { kind == .scalar && number.bits == TristateNumber(0) }

    /// Whether it points into a packet or to its end.
    @inline(__always)
    var isPacket: Bool {
        kind == .packet || kind == .packetMetadata || kind == .packetEnd
    }

    /// Whether it points to a structure of the kernel that may be gone.
    var isUntrusted: Bool { kind == .structure && traits.contains(.untrusted) }

    /// Whether it points into a packet, or to bytes before it.
    var isPacketData: Bool { kind == .packet || kind == .packetMetadata }

    /// How many bytes after a packet pointer are known to exist; negative ones mean that it is at,
    /// or beyond, the packet's end.
    var range: Int32 {
        get { Int32(bitPattern: detail) }
        set { detail = UInt32(bitPattern: newValue) }
    }

    /// It is exactly at the packet's end.
    static let atPacketEnd: Int32 = -1
    /// It is beyond it.
    static let beyondPacketEnd: Int32 = -2

    /// Whether it is a number or pointer about whose value nothing is known that could change.
    var isPointerWithoutOffset: Bool { offset == 0 && number.bits == TristateNumber(0) }

    /// Becomes a number of which nothing is known.
    @inline(__always)
    mutating func forget() { self = .unknown }

    /// What people call it.
    var title: String {
        switch kind {
        case .uninitialized: "nothing"
        case .scalar: "a number"
        case .context: "the context"
        case .map: "a map"
        case .mapValue: "a map's value"
        case .mapKey: "a map's key"
        case .stack: "a pointer to the stack"
        case .packetMetadata: "a pointer to the packet's metadata"
        case .packet: "a pointer into the packet"
        case .packetEnd: "the packet's end"
        case .flowKeys: "flow keys"
        case .socket: "a socket"
        case .socketCommon: "a socket of which only the common part is known"
        case .tcpSocket: "a TCP socket"
        case .tracepointBuffer: "a tracepoint's buffer"
        case .xdpSocket: "an AF_XDP socket"
        case .structure:
            traits.contains(.allocated) ? "an allocated object" : "a structure of the kernel"
        case .memory: traits.contains(.ringBuffer) ? "a ring buffer's record" : "memory"
        case .buffer: "a buffer"
        case .arena: "a pointer into an arena"
        case .function: "a function"
        case .dynptr: "a dynptr"
        case .iterator: "an iterator"
        case .interruptFlag: "saved interrupt state"
        }
    }
}
