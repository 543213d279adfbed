/// What a timer calls that a native program has set: a closure, in a run of its own.
struct NativeTimer: Sendable {
    let object: NativeObject
    let body: @Sendable (NativeRun, UInt64, UInt64, UInt64) -> Void

    /// Calls the closure on a machine, with the map, the key and the value.
    func fire(on machine: Machine, _ map: UInt64, _ key: UInt64, _ value: UInt64) {
        machine.prepareContext([], isWritable: false)
        _ = object.run(on: machine) { run in
            body(run, map, key, value)
            return 0
        }
    }
}
