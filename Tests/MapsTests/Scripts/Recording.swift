import EBPFBytecode
import EBPFMaps
import Foundation

/// Scripts with the results that a kernel gave, as text.
///
///     map 1 key=4 value=8 entries=5 flags=0 extra=0
///     => ok
///     update 01000000 0200000000000000 0
///     => ok
struct Recording {
    var cpuCount: Int
    var scripts: [(script: MapScript, outcomes: [String])]

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Recordings")

    /// Whether recordings are to be made anew: `RECORD=1`, as root.
    static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }

    /// Reads a recording.
    init(named name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        cpuCount = 1
        scripts = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            read(String(line))
        }
    }

    init(cpuCount: Int) {
        self.cpuCount = cpuCount
        scripts = []
    }

    private mutating func read(_ line: String) {
        guard let space = line.firstIndex(of: " ") else { return }
        let rest = String(line[line.index(after: space)...])
        let last = scripts.count - 1
        guard last >= 0 || line.hasPrefix("cpus") || line.hasPrefix("map") else { return }
        switch line[..<space] {
        case "cpus": cpuCount = Int(rest) ?? 1
        case "map":
            guard let definition = MapDefinition(scriptLine: rest) else { return }
            scripts.append((MapScript(definition: definition, inner: nil, steps: []), []))
        case "inner": scripts[last].script.inner = MapDefinition(scriptLine: rest)
        case "=>": scripts[last].outcomes.append(rest)
        case "do": ScriptStep(rest).map { scripts[last].script.steps.append($0) }
        default: break
        }
    }

    /// Writes the recording into the sources.
    func write(named name: String) throws {
        var lines = ["cpus \(cpuCount)"]
        for (script, outcomes) in scripts {
            lines.append("map \(script.definition.scriptLine)")
            if let inner = script.inner { lines.append("inner \(inner.scriptLine)") }
            lines.append("=> \(outcomes.first ?? "")")
            for (step, outcome) in zip(script.steps, outcomes.dropFirst()) {
                lines.append("do \(step)")
                lines.append("=> \(outcome)")
            }
        }
        try FileManager.default.createDirectory(
            at: Self.folder,
            withIntermediateDirectories: true
        )
        try (lines.joined(separator: "\n") + "\n").write(
            to: Self.folder.appendingPathComponent(name),
            atomically: true,
            encoding: .utf8
        )
    }
}
