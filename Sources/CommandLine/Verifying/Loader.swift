import EBPFBytecode

/// Who loads programs, as people say it: `root`, `user`, `bpf,net_admin`.
struct Loader {
    /// What that one has.
    let capabilities: Capabilities

    init(commandLine text: String) throws {
        switch text {
        case "root": capabilities = .all
        case "user": capabilities = []
        default:
            var capabilities: Capabilities = []
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let capability = Capabilities(name: String(word)) else {
                    let known = Choice("capability", ["root", "user"] + Self.names)
                    throw Failure(message: "--as: \(known.unknown(String(word)))")
                }
                capabilities.formUnion(capability)
            }
            self.capabilities = capabilities
        }
    }

    /// The names without their common beginning.
    private static let names = Capabilities.all.names.map { $0.dropFirst(4).lowercased() }
}
