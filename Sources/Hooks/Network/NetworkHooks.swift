extension HookForm {
    /// Interfaces, traffic control, routes, netfilter.
    static let network: [HookForm] = []
}
