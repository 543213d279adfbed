import EBPFBytecode
public import EBPFTypeFormat

/// Small type information to try things with.
enum ProbeTypes {
    /// `int`, `int main(void *context)`: what a program needs whose function has a type.
    case mainFunction
    /// `int` and a struct with an `int`: what storage maps need.
    case storageValue
    /// Something that only some kernels take.
    case feature(BTFFeatures)

    /// The number of the function of ``mainFunction``.
    static let functionID: UInt32 = 4
    /// The numbers of key and value of ``storageValue``.
    static let (keyID, valueID): (UInt32, UInt32) = (1, 2)

    /// The encoded types.
    func bytes() throws(BTFError) -> [UInt8] {
        var builder = BTFBuilder()
        let int = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        switch self {
        case .mainFunction: _ = Self.function(int, .global, &builder)
        case .storageValue:
            _ = builder.add(
                .structure(
                    CompositeType(name: "value", size: 4, members: [.init("x", int, bitOffset: 0)]))
            )
        case .feature(let feature): Self.add(feature, int, &builder)
        }
        return try builder.bytes()
    }

    /// `int probe(void *context)`.
    private static func function(
        _ int: TypeID, _ linkage: FunctionLinkage, _ builder: inout BTFBuilder
    ) -> TypeID {
        let pointer = builder.add(.pointer(.void))
        let prototype = builder.add(
            .functionPrototype(
                PrototypeType(result: int, parameters: [.init("context", pointer)])))
        return builder.add(.function(name: "probe", prototype: prototype, linkage))
    }

    private static func add(_ feature: BTFFeatures, _ int: TypeID, _ builder: inout BTFBuilder) {
        switch feature {
        case .functions: _ = function(int, .static, &builder)
        case .globalFunctions: _ = function(int, .global, &builder)
        case .dataSections:
            let variable = builder.add(.variable(name: "x", int, .static))
            _ = builder.add(
                .dataSection(
                    DataSectionType(
                        name: ".data", size: 4, variables: [.init(variable, offset: 0, size: 4)])))
        case .floats: _ = builder.add(.float(name: "float", size: 4))
        case .declarationTags:
            let variable = builder.add(.variable(name: "x", int, .static))
            _ = builder.add(.declarationTag(DeclarationTag(name: "tag", target: variable)))
        case .typeTags:
            let tag = builder.add(.typeTag(name: "tag", int, isAttribute: false))
            _ = builder.add(.pointer(tag))
        case .enumeration64:
            _ = builder.add(
                .enumeration(
                    EnumerationType(
                        name: "wide", size: 8, is64Bit: true, enumerators: [.init("w", 1 << 40)])))
        default:
            let tag = builder.add(.typeTag(name: "tag", int, isAttribute: true))
            _ = builder.add(.pointer(tag))
        }
    }
}

extension KernelFeatures {
    /// Uploads types to try something with.
    func probeTypes(_ types: ProbeTypes) -> Result<SharedDescriptor, KernelErrno> {
        guard let bytes = try? types.bytes() else { return .failure(.invalidArgument) }
        var memory = CallMemory()
        var attributes = TypesLoadAttributes()
        attributes.types = memory.bytes(bytes)
        attributes.size = UInt32(clamping: bytes.count)
        do throws(KernelErrno) {
            let descriptor = try system.openBPF(.typesLoad, &attributes)
            memory.keep()
            return .success(SharedDescriptor(descriptor))
        } catch {
            return .failure(error)
        }
    }

    /// Whether the kernel takes a part of the format of types.
    public func typeFormat(_ feature: BTFFeatures) -> FeatureAnswer {
        cached("types \(feature.rawValue)") {
            switch probeTypes(.feature(feature)) {
            case .success: .yes
            case .failure(let errno):
                FeatureAnswer(refusedWith: errno, .load(.socketFilter), on: system)
            }
        }
    }

    /// All parts of the format of types that the kernel takes for sure.
    public var typeFormats: BTFFeatures {
        BTFFeatures.releases.reduce(into: []) { found, entry in
            if typeFormat(entry.feature) == .yes { found.insert(entry.feature) }
        }
    }
}

extension ProbeProgram {
    /// Gives the program's function a type (`func_info`).
    mutating func describe(with types: SharedDescriptor) {
        keeping = types
        attributes.types = types.number
        functions = [0, ProbeTypes.functionID]
    }
}
