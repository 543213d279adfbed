import EBPFBytecode
import EBPFKernel
import EBPFMaps

// Maps whose values are maps: the kernel takes descriptors and gives ids, user space has neither.

extension AnyMap {
    /// Puts a map under a key.
    func setInner(_ key: [UInt8], _ inner: AnyMap, flags: UpdateFlags) throws(KernelError) {
        switch (storage, inner.storage) {
        case (.kernel(let outer), .kernel(let map)):
            do throws(KernelError) {
                try outer.update(key, Self.bytes(map.descriptor.number), flags: flags.rawValue)
            } catch {
                throw innerFailure(error.errno, inner)
            }
        case (.userSpace(let outer), .userSpace(let map)):
            do throws(KernelErrno) {
                try outer.update(key, map: map, flags: flags.rawValue)
            } catch {
                throw innerFailure(error, inner)
            }
        default:
            throw KernelError(
                "putting \(inner) into \(self)", .badDescriptor,
                reason: "one is in the kernel, the other in user space")
        }
    }

    /// The map under a key, or `nil`.
    func inner(_ key: [UInt8]) throws(KernelError) -> AnyMap? {
        switch storage {
        case .kernel(let outer):
            guard let id = try outer.value(of: key).map(Self.number) else { return nil }
            let map = try KernelMap(id: id, system: outer.descriptor.system)
            return AnyMap(name(of: key), map, spec: innerSpec, types: types)
        case .userSpace(let outer):
            guard key.count == keySize else { throw failure("looking into", .invalidArgument) }
            let map = unsafe key.withUnsafeBytes { bytes in
                unsafe bytes.baseAddress.flatMap { unsafe outer.programLookupMap($0) }
            }
            return map.map { AnyMap(name(of: key), $0, spec: innerSpec, types: types) }
        }
    }

    /// A new map that fits into this one.
    func makeInner() throws(KernelError) -> AnyMap {
        let name = "\(name)[new]"
        switch storage {
        case .kernel(let outer):
            guard let innerSpec else {
                throw KernelError(
                    "making a map for \(self)", .invalidArgument,
                    reason: "the object does not say what its inner maps are like")
            }
            var attributes = MapCreateAttributes()
            attributes.type = innerSpec.type.rawValue
            attributes.keySize = innerSpec.keySize
            attributes.valueSize = innerSpec.valueSize
            attributes.maxEntries = innerSpec.maxEntries
            attributes.flags = innerSpec.flags.rawValue
            attributes.extra = innerSpec.extra
            attributes.name = ObjectName(self.name)
            let map = try KernelMap(attributes, system: outer.descriptor.system)
            return AnyMap(name, map, spec: innerSpec, types: types)
        case .userSpace(let outer):
            do {
                guard let definition = outer.innerDefinition else {
                    throw failure("making a map for", .invalidArgument)
                }
                let map = try Map.make(definition, cpuCount: outer.cpuCount, inner: nil)
                return AnyMap(name, map, spec: innerSpec, types: types)
            } catch {
                throw KernelError(
                    "making a map for \(self)", .invalidArgument, reason: "\(error)")
            }
        }
    }

    /// A typed map out of one found here.
    func opened<Inner: TypedMap>(_ inner: AnyMap) throws(KernelError) -> Inner {
        do throws(BindingError) {
            return try Inner(opening: inner)
        } catch {
            throw KernelError("opening \(inner)", .invalidArgument, reason: "\(error)")
        }
    }

    private func innerFailure(_ errno: KernelErrno, _ inner: AnyMap) -> KernelError {
        guard errno == .invalidArgument else { return failure("updating", errno) }
        return KernelError(
            "putting \(inner) into \(self)", errno,
            reason: "it has another shape than the maps inside",
            remedy: "make one with makeMap()")
    }

    private func name(of key: [UInt8]) -> String {
        keySize == 4 ? "\(name)[\(Self.number(key))]" : "\(name)[…]"
    }

    /// The four bytes of a descriptor or an index.
    static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        let word = UInt32(truncatingIfNeeded: number)
        return unsafe withUnsafeBytes(of: word) { unsafe [UInt8]($0) }
    }

    /// A number from its bytes, of which the first four count.
    static func number(_ bytes: [UInt8]) -> UInt32 { plainValue(copying: bytes) }
}
