import EBPFBytecode

extension UnitAnalysis {
    /// The regions that a function accesses often enough to keep their differences in registers,
    /// the most used first. What lies in a loop counts eightfold.
    func windows(of function: FunctionShape) -> [AccessPlan] {
        guard function.accessesMemory else { return [] }
        var weights: [(plan: AccessPlan, weight: Int)] = []
        let depths = loopDepths(of: function)
        for (index, depth) in zip(function.steps, depths) {
            guard let base = steps[index].instruction.accessBase, base != .r10 else { continue }
            let plan = plan(steps[index])
            switch plan {
            case .checked, .proved, .frameByte: continue
            case .region, .frame: break
            }
            let weight = 1 << (3 * depth)
            if let place = weights.firstIndex(where: { $0.plan == plan }) {
                weights[place].weight += weight
            } else {
                weights.append((plan, weight))
            }
        }
        return weights.filter { $0.weight >= 4 }.sorted { $0.weight > $1.weight }.map(\.plan)
    }

    /// In how many loops each step of a function is, up to four.
    private func loopDepths(of function: FunctionShape) -> [Int] {
        // How many loops begin at each step, less those that ended before it.
        var changes = Array(repeating: 0, count: function.steps.count + 1)
        for index in function.steps {
            let target = Int(steps[index].target)
            guard target >= 0, target <= index, !steps[index].instruction.namesFunction
            else { continue }
            changes[target - function.steps.lowerBound] += 1
            changes[index + 1 - function.steps.lowerBound] -= 1
        }
        var depth = 0
        return changes.dropLast().map { change in
            depth += change
            return min(depth, 4)
        }
    }
}

extension Instruction {
    /// The register with the address of an access to memory.
    var accessBase: Register? {
        switch self {
        case .load(_, _, let place), .loadSigned(_, _, let place), .loadAcquire(_, _, let place),
            .store(_, let place, _), .storeRelease(_, let place, _), .atomic(_, _, let place, _):
            place.base
        default: nil
        }
    }
}
