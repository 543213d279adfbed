import EBPFKernel

extension AttachOrder.Position {
    /// The other program or link that the place is relative to.
    var neighbour: AttachOrder.Neighbour? {
        get {
            switch self {
            case .first, .last: nil
            case .before(let neighbour), .after(let neighbour): neighbour
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .first, .last: break
            case .before: self = .before(newValue)
            case .after: self = .after(newValue)
            }
        }
    }
}

extension AttachOrder.Neighbour {
    /// The number of the program; `nil` for links.
    var programNumber: UInt32? {
        switch self {
        case .program(let program): program.id
        case .programID(let id): id
        case .link, .linkID: nil
        }
    }
}
