extension UserSpaceHost {
    /// A host as the public conformance suite wants it: helper 5 returns its argument.
    public static func conformance(engine: Engine = .automatic) -> UserSpaceHost {
        var helpers = HelperTable.standard
        helpers[5] = { call in call.first }
        var options = Options(cpuCount: 1, seed: 0, budget: 1 << 32)
        options.engine = engine
        return UserSpaceHost(options, helpers: helpers)
    }
}
