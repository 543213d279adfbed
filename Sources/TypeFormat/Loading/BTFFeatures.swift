public import EBPFBytecode

/// Which parts of the format a kernel takes.
///
/// Linux got type information in 4.18 and more kinds since. A loader finds out by trying; where
/// there is nothing to try, the version says what a kernel without backports has.
public struct BTFFeatures: OptionSet, Hashable, Sendable {
    /// A bit for each feature.
    public let rawValue: UInt32

    /// Features from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Functions and their prototypes (`BTF_KIND_FUNC`, `BTF_KIND_FUNC_PROTO`).
    public static let functions = BTFFeatures(rawValue: 1 << 0)
    /// Variables and sections (`BTF_KIND_VAR`, `BTF_KIND_DATASEC`).
    public static let dataSections = BTFFeatures(rawValue: 1 << 1)
    /// Functions that are judged by themselves (`BTF_FUNC_GLOBAL`).
    public static let globalFunctions = BTFFeatures(rawValue: 1 << 2)
    /// Floating-point numbers (`BTF_KIND_FLOAT`).
    public static let floats = BTFFeatures(rawValue: 1 << 3)
    /// Notes on declarations (`BTF_KIND_DECL_TAG`).
    public static let declarationTags = BTFFeatures(rawValue: 1 << 4)
    /// Notes on types (`BTF_KIND_TYPE_TAG`).
    public static let typeTags = BTFFeatures(rawValue: 1 << 5)
    /// Enumerators of 64 bits (`BTF_KIND_ENUM64`), and signs of enumerations.
    public static let enumeration64 = BTFFeatures(rawValue: 1 << 6)
    /// Names of compiler attributes in notes (`kind_flag` of tags).
    public static let tagAttributes = BTFFeatures(rawValue: 1 << 7)

    /// Everything that is known.
    public static let all = BTFFeatures(rawValue: (1 << 8) - 1)

    /// The features, the words for them, and the release of Linux in which each appeared.
    public static let releases: [(feature: BTFFeatures, name: String, since: KernelVersion)] = [
        (.functions, "functions", KernelVersion(5, 0)),
        (.dataSections, "variables and sections", KernelVersion(5, 2)),
        (.globalFunctions, "global functions", KernelVersion(5, 6)),
        (.floats, "floating-point numbers", KernelVersion(5, 13)),
        (.declarationTags, "notes on declarations", KernelVersion(5, 16)),
        (.typeTags, "notes on types", KernelVersion(5, 17)),
        (.enumeration64, "enumerators of 64 bits", KernelVersion(6, 0)),
        (.tagAttributes, "attributes in notes", KernelVersion(6, 15)),
    ]

    /// What a release of Linux takes.
    public init(_ version: KernelVersion) {
        self = []
        for entry in Self.releases where entry.since <= version { insert(entry.feature) }
    }
}
