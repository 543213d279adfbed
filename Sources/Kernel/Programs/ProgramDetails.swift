public import EBPFBytecode

/// What the kernel says about a program besides its code (`struct bpf_prog_info`).
public struct ProgramDetails: Hashable, Sendable {
    /// The kernel's number of the program.
    public let id: UInt32
    /// At most 15 bytes of its name; empty if it has none.
    public let name: String
    /// The number of its kind, which a newer kernel may know and we not.
    public let typeNumber: UInt32
    /// The digest of its instructions.
    public let tag: ProgramTag
    /// When it was loaded, in nanoseconds since the machine started.
    public let loadTime: UInt64
    /// When it was loaded, in nanoseconds since 1970, by the clock as it is set now.
    public let loadedAt: Int64
    /// The user who loaded it.
    public let user: UInt32
    /// Whether its licence lets it call helpers for GPL programs.
    public let isGPLCompatible: Bool
    /// The maps it uses, by number, ascending.
    public let maps: [UInt32]
    /// The type information of its functions and lines; 0 if none.
    public let typesID: UInt32
    /// The network device it was loaded into; 0 for none.
    public let interface: UInt32
    /// The size of its instructions in bytes, as the verifier left them.
    public let translatedSize: Int
    /// The size of its machine code in bytes; 0 when it is interpreted.
    public let machineCodeSize: Int
    /// How many instructions the verifier looked at (Linux 5.16).
    public let verifiedInstructions: UInt32
    /// What runs cost, as far as the kernel counted.
    public let runs: RunCounts
    /// The type information that has what it was loaded for; 0 if none (Linux 5.17).
    public let attachTypesID: UInt32
    /// The function or structure in it; 0 if none.
    public let attachType: UInt32

    /// The kind of program; `nil` for one that this vocabulary does not have.
    public var type: ProgramType? { ProgramType(rawValue: typeNumber) }

    /// The name of the kind, or its number.
    public var typeName: String { type?.name ?? "type \(typeNumber)" }

    /// Whether the kernel compiled it to machine code.
    public var isJITed: Bool { machineCodeSize > 0 }

    init(_ info: ProgramInfo, maps: [UInt32]) {
        id = info.id
        name = info.name.text
        typeNumber = info.type
        tag = ProgramTag(rawValue: info.tag)
        loadTime = info.loadTime
        loadedAt = Clocks.wall &- Clocks.sinceBoot &+ Int64(clamping: info.loadTime)
        user = info.user
        isGPLCompatible = info.bits & 1 != 0
        self.maps = maps
        typesID = info.typesID
        interface = info.interface
        translatedSize = Int(info.translatedSize)
        machineCodeSize = Int(info.machineCodeSize)
        verifiedInstructions = info.verifiedInstructions
        runs = RunCounts(info)
        attachTypesID = info.attachTypesID
        attachType = info.attachType
    }
}

/// How often a program ran and for how long, while someone had the kernel count it.
public struct RunCounts: Hashable, Sendable {
    /// Runs that were measured.
    public let count: UInt64
    /// Nanoseconds they took together.
    public let nanoseconds: UInt64
    /// Runs that did not take place, because the program ran already on that CPU (Linux 5.12).
    public let recursionMisses: UInt64

    init(_ info: ProgramInfo) {
        count = info.runCount
        nanoseconds = info.runTime
        recursionMisses = info.recursionMisses
    }
}

extension KernelProgram {
    /// What the kernel says about the program, without its code.
    ///
    /// - Throws: ``KernelError``.
    public func details() throws(KernelError) -> ProgramDetails {
        var room: UInt32 = 0
        while true {
            var memory = CallMemory()
            var request = ProgramInfo()
            request.maps = memory.buffer(count: Int(room) * 4)
            request.mapCount = room
            let info = try descriptor.info("asking about \(self)", request)
            guard info.mapCount > room else {
                let maps = memory.numbers(UInt32.self, of: request.maps, count: info.mapCount)
                return ProgramDetails(info, maps: maps.sorted())
            }
            room = info.mapCount
        }
    }

    /// The digest of the program's instructions.
    ///
    /// - Throws: ``KernelError``.
    public func tag() throws(KernelError) -> ProgramTag {
        let info: ProgramInfo = try descriptor.info("asking about \(self)")
        return ProgramTag(rawValue: info.tag)
    }

    /// What runs cost so far.
    ///
    /// - Throws: ``KernelError``.
    public func runCounts() throws(KernelError) -> RunCounts {
        RunCounts(try descriptor.info("asking how often \(self) ran"))
    }
}
