import HookTrials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// `hook-trials [PART…]` runs all trials, or those whose hooks' names contain a part; a line of JSON
// each, and a last one about what they left behind. Its exit status is 1 if one failed. `hook-trials act GROUP` is the process that trials of
// control groups watch.

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "act", let group = arguments.last {
    exit(Activity.run(in: group))
}
var failures = 0
let before = try Remains()
for trial in HookTrial.all where arguments.isEmpty || arguments.contains(where: trial.hook.contains)
{
    let outcome = trial.outcome(helper: "/proc/self/exe")
    print(outcome.json)
    failures += outcome.kind == .failed ? 1 : 0
}
let remains = Remains.outcome(since: before)
print(remains.json)
failures += remains.kind == .failed ? 1 : 0
exit(failures == 0 ? 0 : 1)
