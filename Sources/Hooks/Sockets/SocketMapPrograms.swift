public import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

extension KernelProgram {
    /// Runs the program for every socket that is in a map of sockets or put there later: on what
    /// they receive (`sk_skb`) or send (`sk_msg`).
    ///
    /// - Parameters:
    ///   - map: of the type sockmap or sockhash.
    ///   - attachType: parser, stream verdict, verdict or message verdict; `nil` for the one that the
    ///     program was loaded for.
    ///   - method: a link (Linux 6.10) or `BPF_PROG_ATTACH`, which takes the place of a program that
    ///     was attached so.
    /// - Throws: ``KernelError``: `EINVAL` for other maps, `EBUSY` when a link holds the place or
    ///   when both kinds of verdict meet.
    public func attach(
        toSocketsOf map: KernelMap, as attachType: AttachType? = nil,
        method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        let place = try place(atSocketsOf: map, attachType)
        do throws(KernelError) {
            return try attach(toSocketsOf: map, place, method)
        } catch {
            throw error.errno == .busy ? busy(error, place.attachType) : error
        }
    }

    /// Runs the program for the sockets of a map until someone removes it, another takes its place,
    /// or the map goes (`BPF_PROG_ATTACH`).
    ///
    /// - Parameters:
    ///   - map: of the type sockmap or sockhash.
    ///   - attachType: as for ``attach(toSocketsOf:as:method:)``.
    /// - Throws: ``KernelError``.
    public func keep(
        onSocketsOf map: KernelMap, as attachType: AttachType? = nil
    ) throws(KernelError) {
        let place = try place(atSocketsOf: map, attachType)
        do throws(KernelError) {
            _ = try place.attached()
        } catch {
            throw error.errno == .busy ? busy(error, place.attachType) : error
        }
    }

    /// Takes the program off the sockets of a map, whoever attached it, unless a link holds it
    /// (`BPF_PROG_DETACH`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if it is not there.
    public func remove(
        fromSocketsOf map: KernelMap, as attachType: AttachType? = nil
    ) throws(KernelError) {
        let place = try place(atSocketsOf: map, attachType)
        do throws(KernelError) {
            try place.detach()
        } catch {
            var error = error
            if error.errno == .noEntry { error.reason = "the program is not attached there" }
            throw error
        }
    }

    /// Where the program would be attached, if it and the map are of the kinds for it.
    private func place(
        atSocketsOf map: KernelMap, _ attachType: AttachType?
    ) throws(KernelError) -> ProgramAttachment {
        let hook = "the sockets of \(map)"
        try require([.socketSKB, .socketMessage], for: hook)
        let attachType = try socketMapHook(attachType, hook)
        guard [.socketMap, .socketHash].contains(map.shape.type) else {
            throw KernelError(
                "attaching \(self) to \(hook)", .invalidArgument,
                reason: "it is a map of the type \(map.shape.type.name), which holds no sockets",
                remedy: "use a map of the type sockmap or sockhash")
        }
        return ProgramAttachment(self, attachType, target: map, hook: hook)
    }

    private func attach(
        toSocketsOf map: KernelMap, _ withoutLink: ProgramAttachment, _ method: AttachMethod
    ) throws(KernelError) -> Link {
        guard method != .legacy else { return Link(try withoutLink.attached()) }
        var attributes = LinkCreateAttributes()
        attributes.program = number
        attributes.target = UInt32(bitPattern: map.descriptor.number)
        attributes.attachType = withoutLink.attachType.rawValue
        do throws(KernelError) {
            return try BPFLink.create(attributes, hook: withoutLink.hook, program: self)
        } catch {
            // Kernels without links for sockets do not know the type.
            guard method == .automatic, error.errno == .invalidArgument else { throw error }
            return Link(try withoutLink.attached())
        }
    }

    private func socketMapHook(
        _ wanted: AttachType?, _ hook: String
    ) throws(KernelError) -> AttachType {
        let known =
            wanted ?? spec?.attachType ?? (type == .socketMessage ? .socketMessageVerdict : nil)
        let hooks: [AttachType] = [
            .socketSKBStreamParser, .socketSKBStreamVerdict, .socketSKBVerdict,
            .socketMessageVerdict,
        ]
        guard let known, hooks.contains(known) else {
            throw KernelError(
                "attaching \(self) to \(hook)", .invalidArgument,
                reason: "it is not known whether it is a parser or a verdict",
                remedy: "name one of \(hooks.map(\.name).joined(separator: ", "))")
        }
        return known
    }

    private func busy(_ error: KernelError, _ attachType: AttachType) -> KernelError {
        let rival: AttachType? =
            switch attachType {
            case .socketSKBVerdict: .socketSKBStreamVerdict
            case .socketSKBStreamVerdict: .socketSKBVerdict
            default: nil
            }
        var error = error
        error.reason =
            "a link holds the place"
            + (rival.map { ", or a program is attached as \($0.name), which excludes this" } ?? "")
        error.remedy = "end that attachment first: `ebpf link list` shows links"
        return error
    }
}

extension KernelMap {
    /// The programs that run for the sockets of the map (`BPF_PROG_QUERY`, Linux 5.19).
    ///
    /// - Parameter hook: parser, stream verdict, verdict or message verdict.
    /// - Returns: `nil` if the map or the kernel has no such hook.
    /// - Throws: ``KernelError``.
    public func socketPrograms(at hook: AttachType) throws(KernelError) -> AttachedPrograms? {
        let target = UInt32(bitPattern: descriptor.number)
        do throws(KernelErrno) {
            return try descriptor.system.attachedPrograms(target: target, hook)
        } catch {
            guard error == .invalidArgument || error == .operationNotSupported else {
                throw KernelError("listing the programs of \(self)", error)
            }
            return nil
        }
    }
}
