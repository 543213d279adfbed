import EBPFObjectFile
import EBPFTypeFormat

/// The part of a kernel's types that a program asks about: its structs with only the members used.
///
/// The offsets are those of the kernel at hand; CO-RE replaces them when the program is loaded.
struct TypeExcerpt {
    private let source: BTF
    /// The members that are used, by the type of the source.
    private var used: [TypeID: Set<String>] = [:]
    private var copies: [TypeID: TypeID] = [:]

    /// What is written for a question.
    struct Answer {
        let type: TypeID
        let access: String
        let value: Int
    }

    /// The types to take excerpts of: those of the running kernel.
    static func available() throws -> BTF {
        let path = "/sys/kernel/btf/vmlinux"
        guard let bytes = try? FileSystem.read(path) else {
            throw LinkFailure(
                "the program reads fields of kernel types, and this system has no \(path)",
                at: nil, remedy: "compile it on Linux, or read the fields with an offset")
        }
        return try BTF(bytes)
    }

    init(_ source: BTF, _ questions: [TypeQuestion]) {
        self.source = source
        for question in questions where !question.isAboutEnumerator {
            guard var type = composite(question.type) else { continue }
            for name in question.path {
                used[type, default: []].insert(name)
                guard let found = find(name, in: type), let next = try? source.resolve(found.type)
                else { break }
                type = next
            }
        }
    }

    private func composite(_ name: String) -> TypeID? {
        source.first(named: name, kind: .structure) ?? source.first(named: name, kind: .union)
    }

    /// A member, also of the members without a name.
    private func find(_ name: String, in type: TypeID) -> CompositeType.Member? {
        for var member in (try? source.members(of: type)) ?? [] {
            if member.name == name { return member }
            guard member.name.isEmpty, let inner = find(name, in: member.type) else { continue }
            member.bitOffset += inner.bitOffset
            member.name = inner.name
            member.type = inner.type
            member.bitFieldSize = inner.bitFieldSize
            return member
        }
        return nil
    }

    // MARK: Answers

    mutating func answer(
        _ question: TypeQuestion, _ types: inout SwiftTypes, at line: LineInfo?
    ) throws -> Answer {
        if question.isAboutEnumerator { return try enumerator(question, &types, at: line) }
        guard let type = composite(question.type) else {
            throw LinkFailure(
                "the kernel has no type \(question.type)\(meant(question.type))", at: line)
        }
        let copy = copy(type, &types)
        if question.kind == .typeExists { return Answer(type: copy, access: "0", value: 1) }
        if question.kind == .typeSize {
            return Answer(type: copy, access: "0", value: try source.size(of: type))
        }
        return try field(question, type, copy, &types, at: line)
    }

    private func field(
        _ question: TypeQuestion, _ type: TypeID, _ copy: TypeID, _ types: inout SwiftTypes,
        at line: LineInfo?
    ) throws -> Answer {
        var (current, local, access, bits) = (type, copy, "0", 0)
        var size = 0
        for name in question.path {
            guard let member = find(name, in: current) else {
                if question.kind == .fieldExists, name == question.path.last {
                    return Answer(
                        type: copy, access: access + ":\(index(name, local, types))", value: 0)
                }
                throw LinkFailure(
                    "\(question.type) has no field \(name)\(meant(name, in: current))", at: line)
            }
            access += ":\(index(name, local, types))"
            bits += member.bitOffset
            size = (try? source.size(of: member.type)) ?? 0
            current = try source.resolve(member.type)
            local = self.copies[current] ?? .void
        }
        let value =
            switch question.kind {
            case .fieldByteOffset: bits / 8
            case .fieldByteSize: size
            default: 1
            }
        return Answer(type: copy, access: access, value: value)
    }

    private func index(_ name: String, _ local: TypeID, _ types: SwiftTypes) -> Int {
        guard case .structure(let copy) = types.builder[local] else {
            guard case .union(let copy) = types.builder[local] else { return 0 }
            return copy.members.firstIndex { $0.name == name } ?? 0
        }
        return copy.members.firstIndex { $0.name == name } ?? 0
    }

    private func enumerator(
        _ question: TypeQuestion, _ types: inout SwiftTypes, at line: LineInfo?
    ) throws -> Answer {
        let found =
            source.first(named: question.type, kind: .enumeration)
            ?? source.first(named: question.type, kind: .enumeration64)
        guard let found, case .enumeration(var type) = try source.type(found) else {
            throw LinkFailure(
                "the kernel has no enum \(question.type)\(meant(question.type))", at: line)
        }
        let name = question.path.first ?? ""
        let enumerator = type.enumerators.first { $0.name == name }
        guard
            let enumerator = enumerator
                ?? (question.kind == .enumeratorExists ? .init(name, 0) : nil)
        else { throw LinkFailure("\(question.type) has no case \(name)", at: line) }
        type.enumerators = [enumerator]
        let value = question.kind == .enumeratorValue ? Int(enumerator.value) : 1
        return Answer(type: types.add(.enumeration(type)), access: "0", value: value)
    }

    private func meant(_ name: String) -> String {
        source.types(named: name).isEmpty ? "" : ", but another kind of type of that name"
    }

    private func meant(_ name: String, in type: TypeID) -> String {
        let names = ((try? source.members(of: type)) ?? []).map(\.name).filter { !$0.isEmpty }
        let close = names.first { $0.hasPrefix(name) || name.hasPrefix($0) || $0.hasSuffix(name) }
        return close.map { "; it has \($0)" } ?? ""
    }

    // MARK: Copies

    /// A struct or union with the members that are used, in the order of their offsets.
    private mutating func copy(_ type: TypeID, _ types: inout SwiftTypes) -> TypeID {
        if let known = copies[type] { return known }
        guard let original = try? source.type(type) else { return .void }
        let (isUnion, composite): (Bool, CompositeType)
        switch original {
        case .structure(let found): (isUnion, composite) = (false, found)
        case .union(let found): (isUnion, composite) = (true, found)
        default: return .void
        }
        var members: [CompositeType.Member] = []
        for name in used[type] ?? [] {
            var member =
                find(name, in: type)
                ?? CompositeType.Member(name, types.int(), bitOffset: 8 * composite.size)
            if find(name, in: type) != nil { member.type = leaf(member.type, &types) }
            members.append(member)
        }
        members.sort { ($0.bitOffset, $0.name) < ($1.bitOffset, $1.name) }
        let copy = CompositeType(name: composite.name, size: composite.size, members: members)
        let id = types.builder.add(isUnion ? .union(copy) : .structure(copy))
        copies[type] = id
        return id
    }

    /// The type of a member: as much of it as decides whether another kernel's fits.
    private mutating func leaf(_ type: TypeID, _ types: inout SwiftTypes) -> TypeID {
        guard let resolved = try? source.resolve(type), let found = try? source.type(resolved)
        else { return .void }
        switch found {
        case .integer, .float: return types.add(found)
        case .enumeration(var type):
            type.enumerators = []
            return types.add(.enumeration(type))
        case .structure, .union: return copy(resolved, &types)
        case .array(let array):
            let element = leaf(array.element, &types)
            return types.array(element, count: Int(array.count))
        default: return types.add(.pointer(.void))
        }
    }
}
