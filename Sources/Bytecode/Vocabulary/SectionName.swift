/// The name of an object file's section that holds programs: `SEC("xdp.frags/devmap")`.
///
/// The name says what kind of program its functions are and where they belong. The vocabulary is
/// libbpf's: a definition such as `kprobe` may be followed by a target (`kprobe/tcp_connect`),
/// others must match exactly, and a `?` in front asks not to load the program by itself.
public struct SectionName: Hashable, Sendable {
    /// The name as the file has it.
    public let text: String
    /// The entry of the vocabulary that it matches.
    public let definition: Definition
    /// What follows the first slash, for definitions that take a target: a function, a hook.
    public let target: String?
    /// Whether the program is loaded unless the user says otherwise; a leading `?` says no.
    public let autoload: Bool

    /// Reads a name, or fails if no program belongs into a section of this name.
    ///
    /// `maps`, `license`, `.text` and the sections of data are no programs'.
    public init?(_ text: String) {
        let autoload = !text.hasPrefix("?")
        let name = autoload ? text[...] : text.dropFirst()
        guard let (definition, target) = Self.match(name) else { return nil }
        self.init(text: text, definition: definition, target: target, autoload: autoload)
    }

    /// Reads a name as loaders did before libbpf 1.0: the longest definition that it begins with.
    ///
    /// Old files have `xdp_filter`, `classifier/from-netdev` or `sockops/events`.
    public init?(legacy text: String) {
        if let strict = SectionName(text) {
            self = strict
            return
        }
        var (found, length): (Definition?, Int) = (nil, 0)
        _ = Self.firstDefinition { definition in
            let name = definition.nameBytes
            if name.count > length, text.utf8.starts(with: name) {
                (found, length) = (definition, name.count)
            }
            return false
        }
        guard let found else { return nil }
        self.init(text: text, definition: found, target: nil, autoload: true)
    }

    private init(text: String, definition: Definition, target: String?, autoload: Bool) {
        self.text = text
        self.definition = definition
        self.target = target
        self.autoload = autoload
    }

    private static func definition(named name: Substring.UTF8View) -> Definition? {
        firstDefinition { $0.nameBytes.elementsEqual(name) }
    }

    private static func match(_ name: Substring) -> (Definition, String?)? {
        if let exact = definition(named: name.utf8) { return (exact, nil) }
        guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")),
            let definition = definition(named: name[..<slash].utf8), definition.takesTarget
        else { return nil }
        return (definition, String(name[name.index(after: slash)...]))
    }
}

extension SectionName {
    /// What kind of program it is.
    public var programType: ProgramType { definition.programType }

    /// Where such programs are attached, if the kind leaves a choice (`expected_attach_type`).
    public var attachType: AttachType? { definition.attachType }

    /// What to say when the program is loaded.
    public var flags: Flags { definition.flags }

    /// Whether the program may sleep (`BPF_F_SLEEPABLE`).
    public var isSleepable: Bool { flags.contains(.sleepable) }

    /// Whether an XDP program takes packets in fragments (`BPF_F_XDP_HAS_FRAGS`).
    public var takesFragments: Bool { flags.contains(.fragments) }
}

extension SectionName: CustomStringConvertible, LosslessStringConvertible {
    /// The name as the file has it.
    public var description: String { text }
}

extension SectionName {
    /// An entry of the vocabulary.
    public struct Definition: Hashable, Sendable {
        /// The name; a `+` at its end says that a target may follow.
        let pattern: String
        /// What kind of program it is.
        public let programType: ProgramType
        /// Where such programs are attached, if the kind leaves a choice.
        public let attachType: AttachType?
        /// What to say when the program is loaded.
        public let flags: Flags
        /// How a loader attaches such a program by itself, if it can.
        public let method: AttachMethod?

        /// A row of the table; a `+` at the end of the pattern lets a target follow.
        init(
            _ pattern: String,
            _ programType: ProgramType,
            _ attachType: AttachType? = nil,
            _ flags: Flags = [],
            by method: AttachMethod? = nil
        ) {
            self.pattern = pattern
            self.programType = programType
            self.attachType = attachType
            self.flags = flags
            self.method = method
        }

        /// A row of the table for programs whose kind leaves no choice where they are attached.
        init(
            _ pattern: String, _ programType: ProgramType, _ flags: Flags,
            by method: AttachMethod? = nil
        ) {
            self.init(pattern, programType, nil, flags, by: method)
        }
    }

    /// What a section's name says about loading.
    public struct Flags: OptionSet, Hashable, Sendable {
        /// The bits; they mean nothing outside.
        public let rawValue: UInt8
        /// Flags from bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The program may sleep (`BPF_F_SLEEPABLE`).
        public static let sleepable = Flags(rawValue: 1)
        /// The program takes packets in fragments (`BPF_F_XDP_HAS_FRAGS`).
        public static let fragments = Flags(rawValue: 2)
        /// The target is named by a BTF identifier (`attach_btf_id`) when the program is loaded.
        public static let typedTarget = Flags(rawValue: 4)
        /// Both, as one constant.
        static let sleepableTypedTarget = Flags(rawValue: 5)
        /// Kernels that do not know `expected_attach_type` load the program without it.
        public static let optionalAttachType = Flags(rawValue: 8)
    }
}

extension SectionName.Definition {
    /// The name, without target: "kprobe", "xdp.frags/devmap".
    public var name: String { takesTarget ? String(pattern.dropLast()) : pattern }

    /// Whether `/target` may follow.
    public var takesTarget: Bool { pattern.utf8.last == UInt8(ascii: "+") }

    /// The bytes of the name.
    var nameBytes: Substring.UTF8View { pattern.utf8.dropLast(takesTarget ? 1 : 0) }
}
