import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// Structures with what the types of this machine's kernel do not have: notes on pointers.
@Suite struct InventedStructureTests {
    /// `struct node { node __user *; node __percpu *; node __rcu *; node *; void *; int flags: 3; }`
    private struct Invented {
        let types: BTF
        let node: TypeID
        let other: TypeID

        init() throws {
            var builder = BTFBuilder()
            let number = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
            let other = builder.add(
                .structure(
                    CompositeType(
                        name: "other", size: 4, members: [.init("x", number, bitOffset: 0)])))
            self.other = other
            var members: [CompositeType.Member] = []
            for tag in ["user", "percpu", "rcu", "unheard_of", ""] {
                let target =
                    tag.isEmpty
                    ? other : builder.add(.typeTag(name: tag, other, isAttribute: false))
                let pointer = builder.add(.pointer(target))
                let index = members.count
                members.append(.init("p\(index)", pointer, bitOffset: 64 * index))
            }
            members.append(.init("nothing", builder.add(.pointer(.void)), bitOffset: 320))
            members.append(.init("flags", number, bitOffset: 384, bitFieldSize: 3))
            members.append(.init("count", number, bitOffset: 416))
            node = builder.add(
                .structure(CompositeType(name: "node", size: 56, members: members)))
            let safe = CompositeType(
                name: "node__safe_trusted", size: 8,
                members: [.init("p4", members[4].type, bitOffset: 0)])
            _ = builder.add(.structure(safe))
            types = try builder.build()
        }
    }

    @Test func `notes on pointers say how they can be used`() throws {
        let invented = try Invented()
        var access = StructureAccess(invented.types)
        func load(_ index: Int, _ base: PointerTraits, inReadSection: Bool = true) throws
            -> PointerTraits?
        {
            let value = try access.load(
                from: invented.node, through: base, at: 8 * index, size: 8,
                inReadSection: inReadSection)
            guard case .pointer(invented.other, let traits) = value else { return nil }
            return traits
        }
        #expect(try load(0, .trusted) == .user)
        #expect(try load(1, .trusted) == .perCPU)
        #expect(try load(2, .trusted) == [.rcu, .maybeNull])
        #expect(try load(3, .trusted) == [])
        #expect(try load(4, .trusted) == .trusted)
        #expect(try load(4, .rcu) == .trusted)
        #expect(try load(4, []) == [])
        #expect(try load(2, []) == [])
        #expect(try load(2, .untrusted) == .untrusted)
        #expect(try load(0, .trusted, inReadSection: false) == .untrusted)
        #expect(try load(4, .trusted, inReadSection: false) == .trusted)
        #expect(try load(5, .trusted) == nil)
        #expect(try load(4, [.allocated, .acquired]) == nil)
    }

    @Test(arguments: [
        (56, 1, "byte 56 lies outside of struct node, which has 56 bytes"),
        (4, 4, "bytes 4 to 7 of struct node are a part of pointer p0, which takes bytes 0 to 7"),
        (48, 1, nil), (49, 1, "no member of struct node takes byte 49"),
        (52, 8, "bytes 52 to 59 lie outside of struct node, which has 56 bytes"),
        (52, 4, nil), (54, 2, nil), (48, 8, nil),
        (-8, 8, "the access begins 8 bytes before the start of the struct"),
    ])
    func `messages name the member and what it takes`(
        _ offset: Int, _ size: Int, _ message: String?
    ) throws {
        let invented = try Invented()
        var access = StructureAccess(invented.types)
        var found: String?
        do throws(TypeFault) {
            _ = try access.load(
                from: invented.node, through: .trusted, at: offset, size: size,
                inReadSection: true)
        } catch {
            found = error.message
        }
        #expect(found == message)
    }

    @Test(arguments: [
        (PointerTraits.user, "struct node lies in the memory of a process"),
        (.perCPU, "each CPU has its own struct node there"),
    ])
    func `pointers elsewhere are not followed`(_ traits: PointerTraits, _ message: String) throws {
        let invented = try Invented()
        var access = StructureAccess(invented.types)
        let fault = #expect(throws: TypeFault.self) {
            _ = try access.load(
                from: invented.node, through: traits, at: 0, size: 8, inReadSection: true)
        }
        #expect(fault?.message == message)
        #expect(fault?.code == .invalidPointer)
    }

    @Test func `members larger than memory are no reason to stop`() throws {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4)))
        var huge = number
        for _ in 0..<2 {
            huge = builder.add(
                .array(ArrayType(element: huge, index: number, count: 0x7fff_ffff >> 1)))
        }
        let structure = builder.add(
            .structure(
                CompositeType(
                    name: "large", size: 64, members: [.init("all", huge, bitOffset: 32)])))
        let result = builder.add(
            .functionPrototype(
                PrototypeType(
                    result: number, parameters: [.init("first", huge), .init("x", number)])))
        let types = try builder.build()
        var access = StructureAccess(types)
        let value = try access.load(
            from: structure, through: .trusted, at: 60, size: 4, inReadSection: true)
        #expect(value == .number)
        #expect(types.bytes(of: "all", in: structure) == nil)
        let prototype = try types.prototype(of: result)
        #expect(HookTarget.obstacle(to: "f", prototype, types) != nil)
        let target = HookTarget(
            name: "f", kind: .function, type: result, prototype: prototype, isInModule: false,
            obstacle: nil)
        let context = BTFContext(.tracing, .traceFunctionExit, target, in: types)
        #expect(throws: TypeFault.self) { try context.load(at: 0, size: 8) }
    }

    @Test func `programs write the objects that they made, while they own them`() throws {
        let invented = try Invented()
        var access = StructureAccess(invented.types)
        try access.store(
            to: invented.node, through: [.allocated, .acquired], at: 52, size: 4, allowed: .none)
        for (traits, offset) in [(PointerTraits.allocated, 56), ([.allocated, .untrusted], 52)] {
            #expect(throws: TypeFault.self) {
                try access.store(
                    to: invented.node, through: traits, at: offset, size: 4, allowed: .none)
            }
        }
    }
}
