import EBPFMachineCode

/// Entering programs at their start, over and over: nothing here takes or gives a reference.
extension Machine {
    /// A start for which there was code of its own, the last time that the program ran.
    struct RecentLaunch {
        let start: TailoredCode.Start
        let launch: CompiledProgram.Launch
    }

    /// How a program is entered by machine code, if that may run on the context as it is now.
    @inline(__always)
    func launch(
        of program: ProgramBody, _ first: UInt64, _ second: UInt64, _ third: UInt64
    ) -> CompiledProgram.Launch? {
        guard let launch = program.launch, admits(launch.shape) else { return nil }
        guard launch.isTailored else { return launch }
        let region = memory[Address.contextRegion]
        let start = TailoredCode.Start(
            first: first, second: second, third: third,
            contextByteCount: region.readable, isContextWritable: region.writable > 0)
        if let recentLaunch, recentLaunch.start == start { return recentLaunch.launch }
        return tailoredLaunch(of: program, start) ?? launch
    }

    private func tailoredLaunch(
        of program: ProgramBody, _ start: TailoredCode.Start
    ) -> CompiledProgram.Launch? {
        let code = program.code.compiled?.tailored?.code(
            for: start, in: memory, budget: runBudget)
        guard let launch = code?.launch else { return nil }
        recentLaunch = RecentLaunch(start: start, launch: launch)
        return launch
    }

    /// Enters a program on the outermost frame; returns r0.
    @inline(__always)
    func enter(
        _ gate: Gate, _ launch: CompiledProgram.Launch, _ first: UInt64, _ second: UInt64,
        _ third: UInt64
    ) throws(Fault) -> UInt64 {
        clearStack(launch.shape.stackByteCount)
        openWindow(launch.shape.window)
        return try enter(gate, launch.entry, first, second, third)
    }
}
