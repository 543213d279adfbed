import EBPFBytecode

/// What calling a function may do, its own calls included.
struct FunctionSummary {
    /// It may move the packet, so that pointers into it are invalid.
    var changesPacket = false
    /// It may sleep.
    var mightSleep = false

    static func all(_ subject: Subject) -> ContiguousArray<FunctionSummary> {
        var summaries = ContiguousArray(
            repeating: FunctionSummary(), count: subject.functions.count)
        var callees: [Set<Int>] = Array(repeating: [], count: subject.functions.count)
        for (number, function) in subject.functions.enumerated() {
            for slot in function.start..<function.end {
                switch subject.instructions[slot] {
                case .call(.helper(let helper)):
                    guard let helper = Helper(number: UInt32(bitPattern: helper)) else { continue }
                    if helper.effects.contains(.movesPacket) || helper.id == .tailCall {
                        summaries[number].changesPacket = true
                    }
                    if helper.effects.contains(.mightSleep) { summaries[number].mightSleep = true }
                case .call(.kernelFunction):
                    guard case .kernelFunction(let name, _)? = subject.names[slot],
                        let function = KernelFunction(name: name)
                    else { continue }
                    if function.flags.contains(.maySleep) { summaries[number].mightSleep = true }
                    if name == "bpf_xdp_pull_data" { summaries[number].changesPacket = true }
                case .call(.local(let distance)), .loadImmediate(_, .function(let distance)):
                    callees[number].insert(
                        Int(subject.functionOfSlot[slot + 1 + Int(distance)]))
                default: break
                }
            }
        }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for number in summaries.indices {
                for callee in callees[number] {
                    let before = summaries[number]
                    summaries[number].changesPacket =
                        before.changesPacket || summaries[callee].changesPacket
                    summaries[number].mightSleep = before.mightSleep || summaries[callee].mightSleep
                    hasChanged =
                        hasChanged || before.changesPacket != summaries[number].changesPacket
                        || before.mightSleep != summaries[number].mightSleep
                }
            }
        }
        return summaries
    }
}
