import EBPFBytecode

/// Time and randomness.
enum TimeHelpers {
    static func install(in table: inout HelperTable) {
        table[5] = { call in call.machine.host.options.clock.monotonic }
        table[7] = { call in UInt64(call.machine.host.random.next()) }
        table[118] = { call in call.machine.host.options.clock.monotonic / 1_000_000 }
        table[125] = { call in call.machine.host.options.clock.sinceBoot }
        table[160] = { call in call.machine.host.options.clock.coarse }
        table[208] = { call in call.machine.host.options.clock.atomicTime }
    }
}
