import EBPFExecution
import EBPFKernel
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat

extension UserSpaceObject {
    /// The checks of Swift's that have failed in its programs.
    func failedChecks() throws -> [FailedCheck.Count] {
        guard let map = maps[FailedCheck.section], let types = specs.types else { return [] }
        return try FailedCheck.counts(try map.lookup([0, 0, 0, 0]), types).filter { $0.count > 0 }
    }
}

extension KernelObject {
    /// The checks of Swift's that have failed in its programs.
    func failedChecks() throws -> [FailedCheck.Count] {
        guard let map = maps[FailedCheck.section], let types = specs.types,
            let bytes = try map.value(of: [0, 0, 0, 0])
        else { return [] }
        return try FailedCheck.counts(bytes, types).filter { $0.count > 0 }
    }
}

extension OpenMap {
    /// The checks of Swift's that the map counts, failed or not; `nil` if it is another map.
    func checks() throws -> [FailedCheck.Count]? {
        // Loaders put the object's name before that of the section; the type's name is whole.
        guard let types, let type = spec.valueType,
            try types.name(of: type) == FailedCheck.section,
            let bytes = try map.value(of: [0, 0, 0, 0])
        else { return nil }
        return try FailedCheck.counts(bytes, types)
    }
}

/// Failed checks for people and scripts.
enum FailedChecks {
    /// A line for each, the one that failed most first.
    static func lines(_ counts: [FailedCheck.Count]) -> [String] {
        var table = TextTable(.right, .left)
        for count in counts.sorted(by: { $0.count > $1.count }) {
            table.add("\(count.count) ×", "\(count.check)")
        }
        return table.lines()
    }

    /// An object for each, in the order of the source.
    static func json(_ counts: [FailedCheck.Count]) -> JSONValue {
        .array(
            counts.map { count in
                .object([
                    .init("count", .integer(Int128(count.count))),
                    .init("reason", .string(count.check.reason)),
                    .init("file", .string(count.check.file)),
                    .init("line", .integer(Int128(count.check.line))),
                ])
            })
    }
}
