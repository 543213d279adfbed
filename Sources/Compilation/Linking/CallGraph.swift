import EBPFObjectFile

/// Which function calls which.
struct CallGraph {
    private let functions: [RawObject.Place: LinkedFunction]
    private let order: [RawObject.Place]

    init(_ functions: [LinkedFunction]) {
        order = functions.map(\.place)
        self.functions = Dictionary(
            functions.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Refuses functions that call themselves: a program's frames are counted before it runs.
    func check() throws(LinkFailure) {
        var done: Set<RawObject.Place> = []
        for place in order { try visit(place, [], &done) }
    }

    private func visit(
        _ place: RawObject.Place, _ path: Set<RawObject.Place>, _ done: inout Set<RawObject.Place>
    ) throws(LinkFailure) {
        guard !done.contains(place), let function = functions[place] else { return }
        let path = path.union([place])
        for (slot, callee) in function.calls.sorted(by: { $0.key < $1.key }) {
            guard case .function(let target) = callee else { continue }
            guard !path.contains(target) else {
                throw LinkFailure(
                    "a kernel program cannot call a function from within itself",
                    at: function.line(slot), remedy: "use a loop with a limit")
            }
            try visit(target, path, &done)
        }
        done.insert(place)
    }
}
