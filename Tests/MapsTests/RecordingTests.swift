import EBPFBytecode
import EBPFMaps
import Testing

/// What the kernel answered once, for machines on which it cannot be asked.
@Suite
struct RecordingTests {
    private static let scripts = "scripts.txt"
    private static let creations = "creations.txt"

    @Test(arguments: [scripts, creations])
    func `every recorded script ends as it did in Linux 6_18`(_ file: String) throws {
        let recording = try Recording(named: file)
        #expect(recording.scripts.count > 40)
        for (script, outcomes) in recording.scripts {
            let ours = UserSpaceEngine(cpuCount: recording.cpuCount).run(script)
            expectEqual(script, ours, outcomes)
        }
    }

    @Test(arguments: UserSpaceEngine.Mutation.allCases)
    func `a wrong map is found`(_ mutation: UserSpaceEngine.Mutation) throws {
        let recording = try Recording(named: Self.scripts)
        let differing = recording.scripts.filter { script, outcomes in
            UserSpaceEngine(cpuCount: recording.cpuCount, mutation: mutation).run(script)
                != outcomes
        }
        #expect(!differing.isEmpty)
    }

    @Test(.enabled(if: Recording.isRecording && KernelEngine.isAvailable, "set RECORD=1, as root"))
    func `recordings are made anew`() throws {
        var scripts = Recording(cpuCount: KernelEngine.possibleCPUCount)
        for subject in ScriptSubjects.all {
            var generator = ScriptGenerator(subject.definition, seed: 77)
            let script = generator.script(steps: 60, inner: subject.inner)
            scripts.scripts.append((script, KernelEngine().run(script)))
        }
        try scripts.write(named: Self.scripts)
        var creations = Recording(cpuCount: KernelEngine.possibleCPUCount)
        for definition in CreationSubjects.oneChange {
            let script = MapScript(definition: definition, inner: nil, steps: [])
            creations.scripts.append((script, KernelEngine().run(script)))
        }
        try creations.write(named: Self.creations)
    }
}
