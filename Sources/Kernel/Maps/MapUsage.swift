public import EBPFBytecode

/// What the kernel tells about an open map besides its shape (`/proc/self/fdinfo`).
public struct MapUsage: Hashable, Sendable {
    /// The memory that it takes in the kernel, in bytes (`memlock`).
    public var memory: UInt64
    /// Whether applications may not change it any more (`frozen`).
    public var isFrozen: Bool
    /// The type of the programs that share a program array; `nil` for other maps, and before one
    /// is in it.
    public var ownerType: ProgramType?
}

extension KernelMap {
    /// What it takes and who may write.
    ///
    /// - Throws: ``KernelError``.
    public func usage() throws(KernelError) -> MapUsage {
        let text = try attempting("asking what \(self) takes") { () throws(KernelErrno) in
            try system.text(of: "/proc/self/fdinfo/\(descriptor.number)")
        }
        var numbers: [Substring: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: ":", maxSplits: 1)
            guard words.count == 2 else { continue }
            let number = words[1].drop { $0 == " " || $0 == "\t" }
            numbers[words[0]] = UInt64(number)
        }
        return MapUsage(
            memory: numbers["memlock"] ?? 0, isFrozen: numbers["frozen"] == 1,
            ownerType: numbers["owner_prog_type"].flatMap {
                ProgramType(rawValue: UInt32(clamping: $0))
            })
    }
}
