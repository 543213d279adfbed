import EBPFBytecode

/// Helpers whose work only a kernel can do. Each returns what the kernel returns where there is
/// nothing to work on, and says so once in the log.
enum ExternalHelpers {
    static func install(in table: inout HelperTable) {
        for number in 1..<table.helperCount {
            guard let id = UInt32(exactly: number).flatMap(HelperID.init(rawValue:)) else {
                continue
            }
            table[id] = unavailable(Helper(id))
        }
    }

    /// What helpers return that do not work here and have nothing better to say.
    private static func unavailable(_ helper: Helper) -> HelperBody {
        let result = absentResult(of: helper)
        let name = result.error.map { "it returns \($0)" } ?? "it returns 0"
        return { call in
            call.machine.host.reportOnce(
                "bpf_\(helper.name) does not work in user space; \(name)",
                key: "helper \(helper.id.rawValue)"
            )
            return result.value
        }
    }

    private static func absentResult(of helper: Helper) -> (value: UInt64, error: String?) {
        switch helper.result.kind {
        case .integer:
            let (error, name) = errors[helper.id] ?? (.operationNotSupported, "EOPNOTSUPP")
            return (error.helperResult, name)
        default:
            // Pointers are null: there is no such socket, storage or variable.
            return (0, nil)
        }
    }

    /// What the kernel says where the feature is built in but what it works on is not there.
    private static let errors: [HelperID: (KernelErrno, String)] = [
        .perfEventRead: (.noEntry, "ENOENT"),
        .getLocalStorage: (.noEntry, "ENOENT"),
        .skStorageDelete: (.noEntry, "ENOENT"),
        .inodeStorageDelete: (.noEntry, "ENOENT"),
        .taskStorageDelete: (.noEntry, "ENOENT"),
        .cgrpStorageDelete: (.noEntry, "ENOENT"),
        .sysBpf: (.notPermitted, "EPERM"),
        .sysClose: (.notPermitted, "EPERM"),
        .btfFindByNameKind: (.noEntry, "ENOENT"),
        .kallsymsLookupName: (.noEntry, "ENOENT"),
        .setsockopt: (.invalidArgument, "EINVAL"),
        .getsockopt: (.invalidArgument, "EINVAL"),
        .bind: (.invalidArgument, "EINVAL"),
        .tcpCheckSyncookie: (.invalidArgument, "EINVAL"),
        .tcpGenSyncookie: (.invalidArgument, "EINVAL"),
        .imaInodeHash: (.operationNotSupported, "EOPNOTSUPP"),
        .imaFileHash: (.operationNotSupported, "EOPNOTSUPP"),
        .probeWriteUser: (.notPermitted, "EPERM"),
    ]
}
