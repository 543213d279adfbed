import EBPFHooks
import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What trials make and must not leave behind: compared before and after them.
public struct Remains: Equatable, Sendable {
    /// Open descriptors of this process.
    let descriptors: Int
    /// Programs of trials in the kernel: attached, pinned or held.
    let programs: Int
    /// Maps of trials in the kernel.
    let maps: Int
    /// Links of trials in the kernel.
    let links: Int
    /// Control groups of trials.
    let groups: Int

    /// Counts what there is now.
    public init() throws {
        descriptors = try SystemCalls.linux.entries(ofDirectory: "/proc/self/fd").count
        let own = Set(try KernelProgram.all(named: "trial").map(\.id))
        programs = own.count
        maps = try KernelMap.all(named: "trial").count
        links = try OpenLink.all().count { own.contains($0.info.program) }
        let root = try? ControlGroup.root()
        let names = try root.map { try SystemCalls.linux.entries(ofDirectory: $0) } ?? []
        groups = names.count { $0.hasPrefix("swift-ebpf-trial") }
    }

    /// Waits, at most five seconds, until nothing is left of what was not there before: the kernel
    /// frees programs and maps a little later.
    ///
    /// - Returns: a line of the table.
    public static func outcome(since before: Remains) -> HookTrial.Outcome {
        let hook = "nothing is left behind"
        do {
            var now = try Remains()
            for _ in 0..<100 where now.exceeds(before) {
                usleep(50_000)
                now = try Remains()
            }
            return HookTrial.Outcome(
                hook: hook, kind: now.exceeds(before) ? .failed : .works,
                detail: "before: \(before); after: \(now)")
        } catch {
            return HookTrial.Outcome(hook: hook, kind: .failed, detail: "\(error)")
        }
    }

    /// Other processes may take theirs away meanwhile.
    private func exceeds(_ before: Remains) -> Bool {
        descriptors > before.descriptors || programs > before.programs || maps > before.maps
            || links > before.links || groups > before.groups
    }
}

extension Remains: CustomStringConvertible {
    /// The counts in words.
    public var description: String {
        "\(descriptors) descriptors, \(programs) programs, \(maps) maps, \(links) links, "
            + "\(groups) groups"
    }
}
