import EBPFBytecode
public import EBPFKernel

/// A static tracepoint of an application (USDT), at all the places where it stands.
public struct UserTracepoint: Hashable, Sendable {
    /// Who provides it: `libc`.
    public let provider: String
    /// Its name: `setjmp`.
    public let name: String
    /// Every place where the compiler put it.
    public internal(set) var sites: [Site]

    /// One place of a tracepoint.
    public struct Site: Hashable, Sendable {
        /// Where the instruction is in the file.
        public let fileOffset: UInt64
        /// Where in the file the counter is that says whether someone listens; 0 without one.
        public let semaphoreOffset: UInt64
        /// The arguments, in the assembler's words.
        public let arguments: [String]
    }
}

extension ExecutableFile {
    /// The static tracepoints that the file describes in its notes (`.note.stapsdt`; the format is
    /// systemtap's, "User Space Probe Implementation").
    ///
    /// - Throws: ``KernelError`` if the file cannot be read; a damaged note ends the list.
    public func userTracepoints() throws(KernelError) -> [UserTracepoint] {
        let notes: UInt32 = 7
        let base = sections.first { $0.name == ".stapsdt.base" }?.address
        var order: [String] = []
        var found: [String: UserTracepoint] = [:]
        for section in sections where section.kind == notes && section.name == ".note.stapsdt" {
            for note in TracepointNote.all(in: ByteFields(try contents(of: section))) {
                guard let site = site(of: note, base: base) else { continue }
                let key = "\(note.provider):\(note.name)"
                if found[key] == nil { order.append(key) }
                found[
                    key,
                    default: UserTracepoint(provider: note.provider, name: note.name, sites: [])
                ].sites.append(site)
            }
        }
        return order.compactMap { found[$0] }
    }

    /// A tracepoint of the file.
    ///
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is none.
    public func userTracepoint(
        _ provider: String, _ name: String
    ) throws(KernelError) -> UserTracepoint {
        let all = try userTracepoints()
        if let found = all.first(where: { $0.provider == provider && $0.name == name }) {
            return found
        }
        let action = "looking for tracepoint \(provider):\(name) in \(path)"
        guard !all.isEmpty else {
            throw KernelError(
                action, .noEntry, reason: "the file has no tracepoints",
                remedy: "it may be built without them; probe a function instead: uprobe")
        }
        let names = all.map { "\($0.provider):\($0.name)" }
        throw KernelError(
            action, .noEntry, reason: "the file has other tracepoints, \(all.count) in all",
            remedy: Spelling.closest(to: "\(provider):\(name)", among: names).map {
                "did you mean \($0)?"
            } ?? "for instance \(names[0])")
    }

    /// Where a note's addresses are in the file. Prelinking may have moved the code after the note
    /// was written; the base section moved with it.
    private func site(of note: TracepointNote, base: UInt64?) -> UserTracepoint.Site? {
        let distance = base.map { note.base == 0 ? 0 : $0 &- note.base } ?? 0
        guard let offset = fileOffset(ofAddress: note.address &+ distance) else { return nil }
        var semaphore: UInt64 = 0
        if note.semaphore != 0 {
            guard let place = fileOffset(ofAddress: note.semaphore &+ distance) else { return nil }
            semaphore = place
        }
        return UserTracepoint.Site(
            fileOffset: offset, semaphoreOffset: semaphore,
            arguments: TracepointArgument.split(note.arguments))
    }
}

/// One note: three addresses and three texts.
struct TracepointNote {
    let address: UInt64
    let base: UInt64
    let semaphore: UInt64
    let provider: String
    let name: String
    let arguments: String

    /// The notes of a section: sizes of name and content, a kind, both padded to 4 bytes.
    static func all(in bytes: ByteFields) -> [TracepointNote] {
        let (owner, kindOfTracepoint) = (Array("stapsdt".utf8), UInt32(3))
        var notes: [TracepointNote] = []
        var place = 0
        while let nameSize = bytes.number(at: place, UInt32.self),
            let size = bytes.number(at: place + 4, UInt32.self),
            let kind = bytes.number(at: place + 8, UInt32.self)
        {
            let name = place + 12
            let content = name + (Int(nameSize) + 3) / 4 * 4
            let next = content + (Int(size) + 3) / 4 * 4
            guard content + Int(size) <= bytes.bytes.count else { break }
            if kind == kindOfTracepoint, bytes.text(at: name).elementsEqual(owner),
                let note = TracepointNote(bytes, at: content, end: content + Int(size))
            {
                notes.append(note)
            }
            place = next
        }
        return notes
    }

    private init?(_ bytes: ByteFields, at start: Int, end: Int) {
        guard end - start > 24, let address = bytes.number(at: start, UInt64.self),
            let base = bytes.number(at: start + 8, UInt64.self),
            let semaphore = bytes.number(at: start + 16, UInt64.self)
        else { return nil }
        let texts = bytes.bytes[(start + 24)..<end]
            .split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard texts.count >= 2, !texts[0].isEmpty, !texts[1].isEmpty else { return nil }
        self.address = address
        self.base = base
        self.semaphore = semaphore
        provider = texts[0]
        name = texts[1]
        arguments = texts.count > 2 ? texts[2] : ""
    }
}
