import Soundness

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `soundness-trials [--seed N] [--seconds N] [--kernel] [--show] [--shrink]` makes up programs, one a seed, and
/// tells of those with which something is wrong. `--show` prints the program of the seed, `--shrink`
/// the least of its lines with which something is still wrong, and what that is. The exit status is
/// 1 if something was found.
@main
struct SoundnessTool {
    private var trial: SoundnessTrial

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let seed = number(after: "--seed", in: arguments) ?? 1
        var tool = SoundnessTool(trial: SoundnessTrial(asksKernel: arguments.contains("--kernel")))
        let isFine: Bool
        if arguments.contains("--show") {
            print(RandomProgram(seed: seed).assembly)
            isFine = tool.judge(seed)
        } else if arguments.contains("--shrink") {
            isFine = tool.shrink(RandomProgram(seed: seed))
        } else {
            let seconds = number(after: "--seconds", in: arguments) ?? 60
            isFine = tool.judge(from: seed, seconds: Int64(clamping: seconds))
        }
        tool.tell()
        exit(isFine ? 0 : 1)
    }

    private static func number(after name: String, in arguments: [String]) -> UInt64? {
        guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count
        else { return nil }
        return UInt64(arguments[index + 1])
    }

    private mutating func judge(from seed: UInt64, seconds: Int64) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        var next = seed
        var isFine = true
        while ContinuousClock.now < end {
            isFine = judge(next) && isFine
            next &+= 1
        }
        print("seeds \(seed) to \(next &- 1)")
        return isFine
    }

    /// Puts a program on trial, and tells what was found.
    private mutating func judge(_ seed: UInt64) -> Bool {
        do {
            let findings = try trial.run(RandomProgram(seed: seed))
            for finding in findings { print("seed \(seed): \(finding)") }
            return findings.isEmpty
        } catch {
            print("seed \(seed): \(error)")
            return false
        }
    }

    /// Leaves out lines as long as something is wrong of the same kind; prints what is left.
    private mutating func shrink(_ program: RandomProgram) -> Bool {
        guard let kind = kind(of: program) else { return true }
        var program = program
        var length = program.lines.count / 2
        while length > 0 {
            var start = 0
            while start < program.lines.count {
                let shorter = program.without(start..<min(start + length, program.lines.count))
                if self.kind(of: shorter) == kind { program = shorter } else { start += length }
            }
            length /= 2
        }
        print(program.assembly)
        for finding in (try? trial.run(program)) ?? [] { print(finding) }
        return false
    }

    /// The first word or two of what is wrong; `nil` if nothing is, or it is no program.
    private mutating func kind(of program: RandomProgram) -> Substring? {
        (try? trial.run(program))?.first.map { $0.prefix { $0 != "," && !$0.isNumber } }
    }

    private func tell() {
        let counts = trial.counts
        print(
            "\(counts.programs) programs, \(counts.accepted) accepted (\(counts.ranged) with ranges), "
                + "\(counts.asked) also by the kernel; \(counts.runs) runs, \(counts.steps) steps")
        for (code, count) in counts.refusals.sorted(by: { $0.value > $1.value }) {
            print("  \(count) \(code)")
        }
    }
}
