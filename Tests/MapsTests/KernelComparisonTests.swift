import EBPFBytecode
import EBPFMaps
import Foundation
import Testing

/// The same script on our maps and on the kernel's: every result and every error must be equal.
@Suite(.enabled(if: KernelEngine.isAvailable, "needs root and bpf(2)"))
struct KernelComparisonTests {
    /// How much is tried; `ROUNDS=50` for a long run.
    private static let roundCount =
        ProcessInfo.processInfo.environment["ROUNDS"].flatMap { Int($0) } ?? 2

    @Test(arguments: ScriptSubjects.all)
    func `random scripts end as in the kernel`(_ subject: ScriptSubject) {
        for seed in UInt64(1)...UInt64(Self.roundCount) {
            var generator = ScriptGenerator(subject.definition, seed: seed)
            let script = generator.script(steps: 300, inner: subject.inner)
            let ours = UserSpaceEngine(cpuCount: KernelEngine.possibleCPUCount).run(script)
            let kernels = KernelEngine().run(script)
            expectEqual(script, ours, kernels)
        }
    }

    @Test
    func `definitions are refused as in the kernel`() {
        let definitions =
            CreationSubjects.oneChange
            + CreationSubjects.twoChanges(seed: 3, count: 400 * Self.roundCount)
        for definition in definitions {
            let script = MapScript(definition: definition, inner: nil, steps: [])
            let ours = UserSpaceEngine(cpuCount: KernelEngine.possibleCPUCount).run(script)
            expectEqual(script, ours, KernelEngine().run(script))
        }
    }
}

/// Reports the first line that differs, with the steps before it that touched the map.
func expectEqual(_ script: MapScript, _ ours: [String], _ theirs: [String]) {
    guard ours != theirs else { return }
    let index = zip(ours, theirs).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
    let step = index == 0 ? "create" : script.steps[index - 1].description
    let history = script.steps.prefix(max(0, index - 1)).suffix(6).map(\.description)
    Issue.record(
        """
        \(script.definition.scriptLine), line \(index): \(step)
        ours:   \(ours[index])
        kernel: \(theirs[index])
        before: \(history.joined(separator: "\n        "))
        """
    )
}
