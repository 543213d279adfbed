import EBPFBytecode
public import EBPFKernel

/// One walk of an iterator over the kernel's objects: what its program writes about them
/// (`BPF_ITER_CREATE`).
///
/// ```swift
/// let link = try program.attachIterator()
/// try link.iterate().lines { print($0) }
/// ```
public struct Iteration: ~Copyable, Sendable {
    private let descriptor: Descriptor
    private let hook: String

    init(_ descriptor: consuming Descriptor, hook: String) {
        self.descriptor = descriptor
        self.hook = hook
    }

    /// What is written next; the program runs as far as it must. Empty at the end.
    ///
    /// - Throws: ``KernelError``; an error number that the program returned, too.
    public borrowing func next(count: Int = 1 << 16) throws(KernelError) -> [UInt8] {
        while true {
            do throws(KernelErrno) {
                return try descriptor.read(count: max(count, 1))
            } catch {
                // After a million objects without output the kernel asks to be asked again.
                guard error == .tryAgain else { throw KernelError("reading \(hook)", error) }
            }
        }
    }

    /// All that is left.
    ///
    /// - Throws: ``KernelError``.
    public consuming func contents() throws(KernelError) -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let part = try next()
            guard !part.isEmpty else { return all }
            all += part
        }
    }

    /// Calls a function for every line, without its end; the last need not have one.
    ///
    /// - Throws: ``KernelError``.
    public consuming func lines(_ body: (String) -> Void) throws(KernelError) {
        let end = UInt8(ascii: "\n")
        var rest: ArraySlice<UInt8> = []
        while true {
            let part = try next()
            guard !part.isEmpty else { break }
            rest += part
            while let index = rest.firstIndex(of: end) {
                body(String(decoding: rest[..<index], as: UTF8.self))
                rest = rest[(index + 1)...]
            }
        }
        if !rest.isEmpty { body(String(decoding: rest, as: UTF8.self)) }
    }
}

extension Link {
    /// Begins to walk over the kernel's objects; a link can be walked often, also at once.
    ///
    /// - Throws: ``KernelError``; `EINVAL` if it is no iterator's link.
    public borrowing func iterate() throws(KernelError) -> Iteration {
        guard let link = attachment as? BPFLink else {
            throw KernelError(
                "reading \(attachment.hook)", .invalidArgument,
                reason: "only links of iterators are read")
        }
        return Iteration(
            try link.descriptor.createIterator("reading \(link.hook)"), hook: link.hook)
    }
}

extension OpenLink {
    /// Begins to walk over the kernel's objects with an iterator that others made.
    ///
    /// - Throws: ``KernelError``; `EINVAL` if it is no iterator's link.
    public func iterate() throws(KernelError) -> Iteration {
        Iteration(try descriptor.createIterator("reading \(self)"), hook: "\(self)")
    }
}

extension Descriptor {
    /// `BPF_ITER_CREATE`.
    fileprivate func createIterator(_ action: String) throws(KernelError) -> Descriptor {
        var attributes = IteratorCreateAttributes()
        attributes.link = UInt32(bitPattern: number)
        do throws(KernelErrno) {
            return try system.openBPF(.iteratorCreate, &attributes)
        } catch {
            throw KernelError(
                action, error,
                reason: error == .invalidArgument ? "it is not the link of an iterator" : nil)
        }
    }
}
