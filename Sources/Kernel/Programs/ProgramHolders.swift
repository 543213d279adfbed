import EBPFBytecode

/// A process that holds a program, by a descriptor.
public struct ProgramHolder: Hashable, Sendable {
    /// The process.
    public let process: Int
    /// Its name (`/proc/PID/comm`), at most 15 bytes.
    public let command: String
}

extension KernelProgram {
    /// The memory that the program is charged for, in bytes; `nil` where the kernel does not tell.
    public var lockedByteCount: Int? {
        let line = system.descriptorFacts(descriptor).first { $0.hasPrefix("memlock:") }
        return line?.split { $0.isWhitespace }.last.flatMap { Int($0) }
    }

    /// The other processes that hold the program by a descriptor of it, by number; those that this
    /// process may not look into are left out.
    public func holders() -> [ProgramHolder] {
        let own = try? system.call(.getProcessID)
        let processes = (try? system.entries(ofDirectory: "/proc")) ?? []
        return processes.compactMap { Int($0) }.filter { $0 != own }.sorted().compactMap {
            process in
            guard isHeld(by: process) else { return nil }
            let command = try? system.text(of: "/proc/\(process)/comm")
            return ProgramHolder(process: process, command: command ?? "")
        }
    }

    private func isHeld(by process: Int) -> Bool {
        let directory = "/proc/\(process)/fdinfo"
        let wanted = "prog_id:\t\(id)"
        return ((try? system.entries(ofDirectory: directory)) ?? []).contains { descriptor in
            // Descriptors of programs say so in their first lines; those of links name one, too.
            let text = try? system.text(of: "\(directory)/\(descriptor)")
            guard let text, text.contains("prog_tag:") else { return false }
            return text.split(separator: "\n").contains { $0 == wanted }
        }
    }
}
