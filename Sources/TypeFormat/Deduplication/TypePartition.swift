/// Types put into classes: two are in one class if nothing that can be reached from them differs.
///
/// Types go around in circles (a list node points to list nodes), so equality cannot be found from
/// the inside out. Instead all types that look alike by themselves start in one class, and classes
/// are split for as long as the types in one of them refer to different classes. What remains
/// together is equal.
struct TypePartition {
    /// The class of each type.
    private(set) var classes: [Int] = []
    private var members: [[Int]] = []
    /// What each type refers to, all in a row, and where the part of each begins.
    private let references: FlatLists
    private let users: FlatLists

    /// Splits types into classes.
    ///
    /// - Parameters:
    ///   - types: the types; the first is `void`.
    ///   - definitions: for declarations without definition, the type that stands for them.
    init(_ types: [BTFType], definitions: [Int: Int]) {
        references = FlatLists(types, definitions)
        users = references.reversed(count: types.count)
        var known: [BTFType: Int] = [:]
        for (index, type) in types.enumerated() {
            let shape = type.mappingReferences { _ in .void }
            let place: Int
            if type.isUnique || definitions[index] != nil {
                place = members.count
            } else {
                place = known[shape] ?? members.count
                known[shape] = place
            }
            if place == members.count { members.append([]) }
            members[place].append(index)
            classes.append(place)
        }
        var pending = Array(members.indices)
        while !pending.isEmpty { pending = split(pending) }
    }

    /// Splits classes whose types refer to different classes.
    ///
    /// - Returns: the classes that may have to be split because of it.
    private mutating func split(_ affected: [Int]) -> [Int] {
        var moved: [Int] = []
        for place in affected where members[place].count > 1 {
            var groups: [Int: Int] = [:]
            var parts: [[Int]] = []
            for type in members[place] {
                let key = key(of: type)
                if let group = groups[key] {
                    parts[group].append(type)
                } else {
                    groups[key] = parts.count
                    parts.append([type])
                }
            }
            members[place] = parts[0]
            for part in parts.dropFirst() {
                for type in part { classes[type] = members.count }
                members.append(part)
                moved += part
            }
        }
        var next: Set<Int> = []
        for type in moved {
            for user in users[type] where members[classes[user]].count > 1 {
                next.insert(classes[user])
            }
        }
        return next.sorted()
    }

    /// A number that is the same for types that refer to the same classes.
    ///
    /// The hash is seeded anew in each process, so that no file can be made to mislead it.
    private func key(of type: Int) -> Int {
        var hasher = Hasher()
        for target in references[type] { hasher.combine(classes[target]) }
        return hasher.finalize()
    }
}

extension BTFType {
    /// Whether types of this kind are never equal to others: each variable is a place of its own.
    fileprivate var isUnique: Bool {
        switch self {
        case .variable, .dataSection: true
        default: false
        }
    }
}

/// Lists of numbers, one behind the other.
private struct FlatLists {
    private var starts: [Int] = [0]
    private var elements: [Int] = []

    /// What each type refers to.
    init(_ types: [BTFType], _ definitions: [Int: Int]) {
        for type in types {
            _ = type.mappingReferences { target in
                let index = Int(target.rawValue)
                elements.append(definitions[index] ?? index)
                return target
            }
            starts.append(elements.count)
        }
    }

    private init(starts: [Int], elements: [Int]) {
        self.starts = starts
        self.elements = elements
    }

    subscript(list: Int) -> ArraySlice<Int> { elements[starts[list]..<starts[list + 1]] }

    /// For each number the lists that it is in.
    func reversed(count: Int) -> FlatLists {
        var starts = [Int](repeating: 0, count: count + 1)
        for element in elements { starts[element + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        var next = starts
        var reversed = [Int](repeating: 0, count: elements.count)
        for list in 0..<(self.starts.count - 1) {
            for element in self[list] {
                reversed[next[element]] = list
                next[element] += 1
            }
        }
        return FlatLists(starts: starts, elements: reversed)
    }
}
