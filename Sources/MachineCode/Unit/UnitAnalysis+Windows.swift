import EBPFBytecode

extension UnitAnalysis {
    /// The regions that a function accesses often enough to keep their differences in registers,
    /// the most used first. What lies in a loop counts eightfold.
    func windows(of function: FunctionShape) -> [AccessPlan] {
        guard function.accessesMemory, !accesses.isEmpty else { return [] }
        let changes = function.hasLoops ? loopDepthChanges(of: function) : []
        var depth = 0
        var weights: [(plan: AccessPlan, weight: Int)] = []
        for index in function.steps {
            if !changes.isEmpty { depth += changes[index - function.steps.lowerBound] }
            guard let base = steps[index].traits.base, base != .r10 else { continue }
            let plan = plan(steps[index])
            switch plan {
            case .checked, .proved, .frameByte: continue
            case .region, .frame: break
            }
            let weight = 1 << (3 * min(depth, 4))
            if let place = weights.firstIndex(where: { $0.plan == plan }) {
                weights[place].weight += weight
            } else {
                weights.append((plan, weight))
            }
        }
        weights.removeAll { $0.weight < 4 }
        if weights.count > 1 { weights.sort { $0.weight > $1.weight } }
        return weights.map(\.plan)
    }

    /// How many loops begin at each step of a function, less those that ended before it.
    private func loopDepthChanges(of function: FunctionShape) -> [Int] {
        var changes = Array(repeating: 0, count: function.steps.count + 1)
        for index in function.steps {
            guard let target = steps[index].branchTarget, target <= index else { continue }
            changes[target - function.steps.lowerBound] += 1
            changes[index + 1 - function.steps.lowerBound] -= 1
        }
        return changes
    }
}
