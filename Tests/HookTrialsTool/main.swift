import HookTrials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// `hook-trials [PART…]` runs all trials, or those whose hooks' names contain a part: a line of JSON
// each, and a last one about what they left behind. `hook-trials only HOOK` runs the trial of one
// hook, beside others. The exit status is 1 if something failed. `hook-trials act GROUP` is the
// process that trials of control groups watch.

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "act", let group = arguments.last {
    exit(Activity.run(in: group))
}

/// Prints what became of a trial.
func report(_ outcome: HookTrial.Outcome) -> Bool {
    print(outcome.json)
    return outcome.kind != .failed
}

let helper = "/proc/self/exe"
if arguments.first == "only" {
    let trials = HookTrial.all.filter { $0.hook == arguments.last }
    exit(trials.allSatisfy { report($0.outcome(helper: helper)) } ? 0 : 1)
}
let before = try Remains()
var isFine = true
for trial in HookTrial.all where arguments.isEmpty || arguments.contains(where: trial.hook.contains)
{
    isFine = report(trial.outcome(helper: helper)) && isFine
}
isFine = report(Remains.outcome(since: before)) && isFine
exit(isFine ? 0 : 1)
