/// A release of Linux, as far as features go: 6.18.
public struct KernelVersion: Hashable, Sendable {
    /// The number before the dot.
    public let major: UInt8
    /// The number after the dot.
    public let minor: UInt8

    /// The release `major.minor`.
    public init(_ major: UInt8, _ minor: UInt8) {
        self.major = major
        self.minor = minor
    }

    /// The release whose vocabulary these tables hold.
    public static let vocabulary = KernelVersion(6, 18)
}

extension KernelVersion: Comparable {
    /// Orders releases by age, the oldest first.
    public static func < (left: KernelVersion, right: KernelVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension KernelVersion: CustomStringConvertible, LosslessStringConvertible {
    /// The release as it is written, "6.18".
    public var description: String { "\(major).\(minor)" }

    /// The release at the start of a text such as "6.18" or "6.18.44-cloud-amd64", or nothing.
    public init?(_ description: String) {
        let parts = description.split(
            separator: ".",
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard parts.count >= 2, let major = UInt8(parts[0]),
            let minor = UInt8(parts[1].prefix { $0.isNumber })
        else { return nil }
        self.init(major, minor)
    }
}
