extension HookForm {
    /// Control groups.
    static let controlGroups: [HookForm] = []
}
