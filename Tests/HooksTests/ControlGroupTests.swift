import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite(.liveKernel) struct ControlGroupTests {
    private static let connect = "cgroup/connect4"
    private static let hook = AttachType.cgroupInet4Connect

    @Test(arguments: [AttachMethod.automatic, .link, .legacy])
    func `a program decides for the processes of a group until it is detached`(
        _ method: AttachMethod
    ) throws {
        let child = try ChildGroup("decides")
        let group = try ControlGroup(at: child.path)
        let program = try TestCounter().program("cgroup/dev", returning: 0)
        #expect(try child.run("cat /dev/null").contains("\n0\n"))
        let link = try program.attach(to: group, method: method)
        #expect(try child.run("cat /dev/null").contains("not permitted"))
        let listed = try #require(try group.programs(at: .cgroupDevice))
        #expect(listed.entries.map(\.program) == [program.id])
        try link.detach()
        #expect(try child.run("cat /dev/null").contains("\n0\n"))
        #expect(try group.programs(at: .cgroupDevice)?.entries.isEmpty == true)
    }

    @Test func `the scope of the link is the attachment`() throws {
        let child = try ChildGroup("scope")
        let group = try ControlGroup(at: child.path)
        let program = try TestCounter().program(Self.connect, returning: 1)
        for method in [AttachMethod.link, .legacy] {
            do { _ = try program.attach(to: group, method: method) }
            #expect(try group.programs(at: Self.hook)?.entries.isEmpty == true)
        }
    }

    @Test(arguments: [AttachMethod.link, .legacy])
    func `programs are exchanged without a gap`(_ method: AttachMethod) throws {
        let child = try ChildGroup("exchange")
        let group = try ControlGroup(at: child.path)
        let old = try TestCounter().program(Self.connect, returning: 1)
        let new = try TestCounter().program(Self.connect, returning: 1)
        let link = try old.attach(to: group, method: method)
        try link.update(to: new, expecting: old)
        #expect(try group.programs(at: Self.hook)?.entries.map(\.program) == [new.id])
        let message = errorText { try link.update(to: old, expecting: old) }
        #expect(message.contains("another program"))
        try link.detach()
        #expect(try group.programs(at: Self.hook)?.entries.isEmpty == true)
    }

    @Test(.enabled("control groups order their programs (Linux 6.17)") { Self.hasOrder })
    func `programs run in the order that was asked for`() throws {
        let child = try ChildGroup("order")
        let group = try ControlGroup(at: child.path)
        let programs = try (0..<4).map { _ in
            try TestCounter().program(Self.connect, returning: 1)
        }
        func order() throws -> [Int] {
            let entries = try group.programs(at: Self.hook)?.entries ?? []
            return entries.compactMap { entry in programs.firstIndex { $0.id == entry.program } }
        }
        func attach(_ index: Int, _ order: AttachOrder?) throws -> Link {
            try programs[index].attach(to: group, options: .init(order: order))
        }
        let first = try attach(0, nil)
        let second = try attach(1, .first)
        #expect(try order() == [1, 0])
        let third = try attach(2, .after(.program(programs[1])))
        #expect(try order() == [1, 2, 0])
        let id = try #require(try first.info()).id
        let fourth = try attach(3, .before(.linkID(id)))
        #expect(try order() == [1, 2, 3, 0])
        try second.detach()
        try third.detach()
        #expect(try order() == [3, 0])
        try fourth.detach()
        try first.detach()
    }

    @Test(.enabled("control groups order their programs (Linux 6.17)") { Self.hasOrder })
    func `a place chosen for a state that has changed is refused`() throws {
        let child = try ChildGroup("stale")
        let group = try ControlGroup(at: child.path)
        let revision = try #require(try group.programs(at: Self.hook)).revision
        let program = try TestCounter().program(Self.connect, returning: 1)
        let link = try program.attach(to: group)
        let other = try TestCounter().program(Self.connect, returning: 1)
        let order = AttachOrder(.first, expectedRevision: revision)
        let message = errorText { try other.attach(to: group, options: .init(order: order)) }
        #expect(message.contains("have changed since they were listed"))
        let stranger = errorText {
            try other.attach(to: group, options: .init(order: .before(.program(other))))
        }
        #expect(stranger.contains("the neighbour is not attached"))
        try link.detach()
    }

    @Test func `groups below have the programs of groups above`() throws {
        let child = try ChildGroup("above")
        let group = try ControlGroup(at: child.path)
        let inner = try InnerGroup(in: child.path)
        let outerProgram = try TestCounter().program(Self.connect, returning: 1)
        let innerProgram = try TestCounter().program(Self.connect, returning: 1)
        let below = try ControlGroup(at: inner.path)
        let outer = try outerProgram.attach(to: group)
        let own = try innerProgram.attach(to: below)
        #expect(try below.programs(at: Self.hook)?.entries.map(\.program) == [innerProgram.id])
        let effective = try #require(try below.programs(at: Self.hook, effective: true))
        // Groups further up may have programs of others.
        let ours = [innerProgram.id, outerProgram.id]
        #expect(effective.entries.map(\.program).filter(ours.contains) == ours)
        #expect(try ControlGroup.tree(below: child.path).map(\.path) == [child.path, inner.path])
        try own.detach()
        try outer.detach()
    }

    @Test func `a group that does not share its hook is named`() throws {
        let child = try ChildGroup("alone")
        let group = try ControlGroup(at: child.path)
        let inner = try InnerGroup(in: child.path)
        let alone = try TestCounter().program(Self.connect, returning: 1)
        let link = try alone.attach(to: group, options: .init(sharing: .exclusive))
        let other = try TestCounter().program(Self.connect, returning: 1)
        let same = errorText { try other.attach(to: group) }
        #expect(
            same.contains(
                "EPERM: it runs programs at this hook in the mode exclusive, which does not go with"
                    + " multi; detach the program there (`ebpf cgroup list \(group)`)"))
        let below = errorText { try other.attach(toControlGroup: inner.path) }
        #expect(below.contains("EPERM: \(group) runs programs at this hook in the mode exclusive"))
        try link.detach()
    }

    @Test func `a program is left to the group, and removed later`() throws {
        let child = try ChildGroup("kept")
        let group = try ControlGroup(at: child.path)
        let program = try TestCounter().program(Self.connect, returning: 1)
        try group.keep(program)
        #expect(
            errorText { try group.keep(program) }.contains("already runs this program"))
        try group.remove(program)
        #expect(
            errorText { try group.remove(program) }.contains("it is not attached there"))
        let link = try program.attach(to: group, method: .link)
        #expect(errorText { try group.remove(program) }.contains("a link holds it there"))
        try link.detach()
    }

    @Test func `attachments without a link cannot be pinned, and links replace nothing`() throws {
        let child = try ChildGroup("pins")
        let group = try ControlGroup(at: child.path)
        let program = try TestCounter().program(Self.connect, returning: 1)
        let message = errorText {
            try program.attach(to: group, method: .legacy).persist(at: "/sys/fs/bpf/never")
        }
        #expect(message.contains("it has no link"))
        let alone = ControlGroupOptions(sharing: .overridable)
        let refused = errorText { try program.attach(to: group, options: alone, method: .link) }
        #expect(refused.contains("attach it without a link"))
    }

    @Test func `programs for other hooks are refused with the reason`() throws {
        let child = try ChildGroup("others")
        let xdp = try TestCounter().program("xdp", returning: 1)
        #expect(
            errorText { try xdp.attach(toControlGroup: child.path) }
                .contains("xdp is not a hook of control groups"))
        let bind = try TestCounter().program("cgroup/bind4", returning: 1)
        #expect(
            errorText {
                try bind.attach(
                    toControlGroup: child.path, options: .init(attachType: .cgroupInet6Bind))
            }.contains("loaded for another hook than cgroup_inet6_bind"))
    }

    /// Whether the kernel counts the changes of a hook.
    private static var hasOrder: Bool {
        guard let root = try? ControlGroup(at: ControlGroup.root()) else { return false }
        return ((try? root.programs(at: hook))??.revision ?? 0) > 0
    }
}

/// A group below another one, which is gone with this value.
struct InnerGroup: ~Copyable {
    let path: String

    init(in group: String) throws {
        path = group + "/inner"
        guard unsafe mkdir(path, 0o755) == 0 else { throw SetupFailure("mkdir \(path): \(errno)") }
    }

    deinit { _ = unsafe rmdir(path) }
}
