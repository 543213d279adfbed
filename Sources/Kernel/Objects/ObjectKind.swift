import EBPFBytecode

/// The four kinds of things that the kernel numbers: each kind counts from 1 on its own.
public enum ObjectKind: String, CaseIterable, Sendable {
    /// Programs.
    case program
    /// Maps.
    case map
    /// Type information (BTF), of the kernel, of modules and of programs.
    case types
    /// Attachments that are kept by the kernel.
    case link

    /// The command that finds the number after a number.
    var next: BPFCommand {
        switch self {
        case .program: .programNextID
        case .map: .mapNextID
        case .types: .typesNextID
        case .link: .linkNextID
        }
    }

    /// The command that opens the object with a number.
    var opening: BPFCommand {
        switch self {
        case .program: .programByID
        case .map: .mapByID
        case .types: .typesByID
        case .link: .linkByID
        }
    }

    /// What messages call it.
    var noun: String { self == .types ? "type information" : rawValue }

    /// What messages call many of them.
    var plural: String { self == .types ? noun : noun + "s" }
}

extension SystemCalls {
    /// The numbers of all objects of a kind that exist now, ascending (`BPF_…_GET_NEXT_ID`).
    ///
    /// - Throws: ``KernelError``; only processes with `CAP_SYS_ADMIN` may ask.
    public func objectIDs(_ kind: ObjectKind) throws(KernelError) -> [UInt32] {
        var ids: [UInt32] = []
        while true {
            var attributes = ObjectIDAttributes()
            attributes.id = ids.last ?? 0
            do throws(KernelErrno) {
                try bpf(kind.next, &attributes)
            } catch {
                guard error == .noEntry else {
                    throw KernelError(
                        "listing \(kind.plural)", error, diagnosing: .inspection, on: self)
                }
                return ids
            }
            // Numbers only grow; a kernel that says otherwise must not keep us here for ever.
            guard attributes.nextID > attributes.id else { return ids }
            ids.append(attributes.nextID)
        }
    }

    /// Opens the object with a number (`BPF_…_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none, or no more.
    public func openObject(_ kind: ObjectKind, id: UInt32) throws(KernelError) -> Descriptor {
        var attributes = ObjectIDAttributes()
        attributes.id = id
        do throws(KernelErrno) {
            return try openBPF(kind.opening, &attributes)
        } catch {
            var failure = KernelError(
                "opening \(kind.noun) \(id)", error, diagnosing: .inspection, on: self)
            if error == .noEntry { failure.reason = "there is no \(kind.noun) with this number" }
            throw failure
        }
    }

    /// What a closure makes of each object of a kind; those that vanish meanwhile are left out, and
    /// links that are still being made (`EAGAIN`).
    ///
    /// - Throws: ``KernelError`` of the listing, and what the closure throws but these.
    public func eachObject<Result>(
        _ kind: ObjectKind, _ body: (consuming Descriptor) throws(KernelError) -> Result
    ) throws(KernelError) -> [Result] {
        var results: [Result] = []
        for id in try objectIDs(kind) {
            do throws(KernelError) {
                results.append(try body(try openObject(kind, id: id)))
            } catch {
                guard error.errno == .noEntry || error.errno == .tryAgain else { throw error }
            }
        }
        return results
    }
}
