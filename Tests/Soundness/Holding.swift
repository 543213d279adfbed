/// What the writer of a program knows that a register or a place of the stack holds.
enum Holding: Hashable {
    /// Nothing that may be read.
    case nothing
    /// A number.
    case number
    /// A number from 0 to a limit, on whatever way execution came here; or so the writer claims.
    case small(Int)
    /// The context.
    case context
    /// A value of a map, with so many bytes.
    case value(size: Int)
    /// A place of the stack, with so many bytes that nothing but numbers is kept in.
    case stack(size: Int)
    /// A place of the packet, with so many bytes that are known to be there.
    case packet(size: Int)
    /// The end of the packet.
    case packetEnd

    /// How many bytes can be touched through it.
    var size: Int? {
        switch self {
        case .value(let size), .stack(let size), .packet(let size): size
        case .nothing, .number, .small, .context, .packetEnd: nil
        }
    }

    /// How great a small number can be.
    var limit: Int? { if case .small(let limit) = self { limit } else { nil } }

    var isNumber: Bool { self == .number || limit != nil }
    var isPointer: Bool { self != .nothing && !isNumber }
}

/// What a function takes.
struct FunctionShape: Hashable {
    let name: String
    let parameters: [Holding]
    /// Whether a helper calls it, so that it returns 0 or 1.
    var isCallback = false
}
