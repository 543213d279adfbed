import EBPFBytecode

/// Time and randomness.
enum TimeHelpers {
    static func install(in table: inout HelperTable) {
        table[.ktimeGetNs] = { call in call.machine.host.options.clock.monotonic }
        table[.getPrandomU32] = { call in UInt64(call.machine.host.random.next()) }
        table[.jiffies64] = { call in call.machine.host.options.clock.monotonic / 1_000_000 }
        table[.ktimeGetBootNs] = { call in call.machine.host.options.clock.sinceBoot }
        table[.ktimeGetCoarseNs] = { call in call.machine.host.options.clock.coarse }
        table[.ktimeGetTaiNs] = { call in call.machine.host.options.clock.atomicTime }
    }
}
