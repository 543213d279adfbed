import EBPFBytecode
import EBPFKernel

extension HookForm {
    /// Sockets, their maps, and network namespaces.
    static let sockets: [HookForm] = [
        HookForm(
            "sk_lookup", "[NAMESPACE]", [.socketLookup], "which socket receives in a namespace"
        ) { program, namespace, _ throws(KernelError) in
            try program.attachSocketLookup(to: NetworkNamespace(argument: namespace))
        },
        HookForm(
            "flow_dissector", "[NAMESPACE]", [.flowDissector],
            "the headers of packets in a namespace"
        ) { program, namespace, _ throws(KernelError) in
            try program.attachFlowDissector(to: NetworkNamespace(argument: namespace))
        },
        HookForm(
            "sockmap", "PIN", [.socketSKB, .socketMessage], "the sockets of a pinned map"
        ) { program, path, _ throws(KernelError) in
            try program.attach(
                toSocketsOf: try KernelMap(pinnedAt: path, system: program.system))
        },
    ]
}

extension NetworkNamespace {
    /// A namespace as people write it: a name, the number of a process, a path, nothing for the
    /// current one.
    init(argument: String) {
        if argument.isEmpty {
            self = .current
        } else if argument.contains("/") {
            self = .path(argument)
        } else if let process = Int32(argument) {
            self = .process(process)
        } else {
            self = .named(argument)
        }
    }
}
