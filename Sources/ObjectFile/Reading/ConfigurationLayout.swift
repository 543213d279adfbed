import EBPFTypeFormat

/// Where the variables of the kernel's configuration lie (`extern int CONFIG_HZ __kconfig`).
///
/// Nobody defines them in the object, so the loader makes a section for them: the most aligned
/// first, then the largest, then by name, so that it has no gaps.
struct ConfigurationLayout {
    static let sectionName = ".kconfig"

    private(set) var variables: [DataSectionType.Variable] = []
    private(set) var size = 0

    init(_ types: BTF) throws(BTFError) {
        guard let id = types.first(named: Self.sectionName, kind: .dataSection),
            case .dataSection(let section) = try types.type(id)
        else { return }
        for candidate in try Self.candidates(section, types) {
            let (padded, _) = size.addingReportingOverflow(candidate.alignment - 1)
            let offset = padded / candidate.alignment * candidate.alignment
            let (end, overflow) = offset.addingReportingOverflow(candidate.size)
            guard !overflow, end <= Limits.zeroBytes
            else { throw BTFError(.type(id), .tooLarge) }
            variables.append(.init(candidate.type, offset: offset, size: candidate.size))
            size = end
        }
    }

    private typealias Candidate = (type: TypeID, name: String, size: Int, alignment: Int)

    private static func candidates(
        _ section: DataSectionType,
        _ types: BTF
    ) throws(BTFError) -> [Candidate] {
        var found: [Candidate] = []
        for entry in section.variables {
            guard case .variable(let name, let type, _) = try types.type(entry.type) else {
                let kind = types.kind(of: entry.type).map { "\($0)" } ?? "void"
                throw BTFError(.type(entry.type), .wrongKind(expected: "VAR", found: kind))
            }
            found.append(
                (
                    entry.type, name, try types.size(of: type),
                    max(1, try types.alignment(of: type))
                )
            )
        }
        return found.sorted {
            ($1.alignment, $1.size, $0.name) < ($0.alignment, $0.size, $1.name)
        }
    }
}
