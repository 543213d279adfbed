extension HookForm {
    /// Sockets, their maps, and network namespaces.
    static let sockets: [HookForm] = []
}
