import EBPFBytecode

extension SystemCalls {
    /// Under which paths an object is pinned, in the BPF file systems that this process sees; what
    /// it may not look into is left out.
    ///
    /// - Parameters:
    ///   - kind: programs, maps or links; types cannot be pinned.
    ///   - id: the kernel's number of it.
    public func pins(of kind: ObjectKind, id: UInt32) -> [String] {
        guard let field = kind.descriptorField else { return [] }
        let wanted = "\(field):\t\(id)"
        var found: [String] = []
        for mount in Set(Mount.all(self).filter { $0.type == "bpf" }.map(\.path)).sorted() {
            visitPins(in: mount, depth: 0) { path, lines in
                // Links name their program, too: what is pinned is what comes first.
                let fields = ["link_id", "map_id", "prog_id"]
                let first = lines.first { line in fields.contains { line.hasPrefix($0 + ":") } }
                if first == wanted { found.append(path) }
            }
        }
        return found
    }

    /// Directories below others than these are not looked into: nobody nests pins so deep.
    private static let greatestDepth = 16

    private func visitPins(
        in directory: String, depth: Int, _ body: (String, [String]) -> Void
    ) {
        guard depth < Self.greatestDepth, let names = try? entries(ofDirectory: directory)
        else { return }
        for name in names {
            let path = "\(directory)/\(name)"
            if (try? open(path, .directory)) != nil {
                visitPins(in: path, depth: depth + 1, body)
            } else if let object = try? openPinned(path) {
                body(path, descriptorFacts(object))
            }
        }
    }

    /// What the kernel says of an open object (`/proc/self/fdinfo`), line by line.
    func descriptorFacts(_ descriptor: borrowing Descriptor) -> [String] {
        let text = try? text(of: "/proc/self/fdinfo/\(descriptor.number)")
        return (text ?? "").split(separator: "\n").map(String.init)
    }
}

extension ObjectKind {
    /// What `/proc/PID/fdinfo` calls its number.
    fileprivate var descriptorField: String? {
        switch self {
        case .program: "prog_id"
        case .map: "map_id"
        case .link: "link_id"
        case .types: nil
        }
    }
}
