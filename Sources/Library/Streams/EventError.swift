public import EBPFKernel

/// Why events of a map could not be read.
public enum EventError: Error, Sendable {
    /// A program sent an event of another size than the type that the map was opened with, in
    /// bytes. The event counts as read; reading on gives the next one.
    case size(map: String, bytes: Int, type: String, typeBytes: Int)
    /// The host could not give what it has.
    case host(KernelError)
}

extension EventError: CustomStringConvertible {
    /// One line: the map, what was found, and what to do.
    public var description: String {
        switch self {
        case .size(let map, let bytes, let type, let typeBytes):
            "map \(map): a program sent an event of \(bytes) bytes, but \(type) has \(typeBytes); "
                + "open the map with the type that the program sends, or read it withRecords"
        case .host(let error): "\(error)"
        }
    }
}

/// Does what can fail as the host fails.
func asEventError<Result>(
    _ body: () throws(KernelError) -> Result
) throws(EventError) -> Result {
    do throws(KernelError) {
        return try body()
    } catch {
        throw .host(error)
    }
}
