import EBPFBytecode
import EBPFTypeFormat

extension BTFFeatures {
    /// The parts of the format that a kernel takes: each is tried.
    init(probing system: SystemCalls) {
        self = []
        for (feature, _, _) in Self.releases {
            guard let sample = try? Self.sample(of: feature).bytes(),
                (try? system.loadTypes(sample)) != nil
            else { continue }
            insert(feature)
        }
    }

    /// The least types that need a feature.
    private static func sample(of feature: BTFFeatures) -> BTFBuilder {
        var builder = BTFBuilder()
        let int = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        switch feature {
        case .functions, .globalFunctions:
            let prototype = builder.add(
                .functionPrototype(PrototypeType(result: .void, parameters: [])))
            let linkage: FunctionLinkage = feature == .functions ? .static : .global
            _ = builder.add(.function(name: "f", prototype: prototype, linkage))
        case .dataSections:
            let variable = builder.add(.variable(name: "v", int, .static))
            let entry = DataSectionType.Variable(variable, offset: 0, size: 4)
            _ = builder.add(
                .dataSection(DataSectionType(name: ".data", size: 4, variables: [entry])))
        case .floats: _ = builder.add(.float(name: "float", size: 4))
        case .declarationTags, .tagAttributes:
            let variable = builder.add(.variable(name: "v", int, .static))
            var tag = DeclarationTag(name: "tag", target: variable)
            tag.isAttribute = feature == .tagAttributes
            _ = builder.add(.declarationTag(tag))
        case .typeTags:
            let tag = builder.add(.typeTag(name: "tag", int, isAttribute: false))
            _ = builder.add(.pointer(tag))
        case .enumeration64:
            let large = EnumerationType.Enumerator("large", Int64.max)
            _ = builder.add(
                .enumeration(EnumerationType(name: "e", size: 8, enumerators: [large])))
        default: break
        }
        return builder
    }
}
