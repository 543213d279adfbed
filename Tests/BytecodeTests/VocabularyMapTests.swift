import EBPFBytecode
import Testing

@Suite struct VocabularyMapTests {
    @Test func `every kind but the unspecified one can be used`() {
        for type in MapType.allCases where type != .unspecified {
            #expect(!type.operations.isEmpty, "\(type)")
        }
        #expect(MapType.array.operations.isDisjoint(with: [.delete, .lookUpAndDelete]))
        #expect(MapType.lruHash.operations.isSuperset(of: [.deleteBatch, .lookUpAndDelete]))
        #expect(MapType.ringBuffer.operations == .memoryMap)
    }

    @Test(arguments: [
        (MapType.hash, HelperID.mapLookupElem, true), (.hash, .mapPushElem, false),
        (.hash, .timerInit, true), (.perCPUHash, .timerInit, false),
        (.perCPUArray, .mapLookupPercpuElem, true), (.array, .mapLookupPercpuElem, false),
        (.queue, .mapPopElem, true), (.bloomFilter, .mapPopElem, false),
        (.programArray, .tailCall, true), (.programArray, .mapLookupElem, false),
        (.deviceMap, .redirectMap, true), (.cpuMap, .mapLookupElem, false),
        (.socketHash, .msgRedirectHash, true), (.socketMap, .msgRedirectHash, false),
        (.longestPrefixMatchTrie, .forEachMapElem, false), (.ringBuffer, .ringbufOutput, true),
    ])
    func `a helper takes the maps it is made for`(
        type: MapType, helper: HelperID, expected: Bool
    ) {
        #expect(type.permits(helper) == expected)
    }

    @Test func `every helper that takes a map has a kind of map to take`() {
        for helper in Helper.all where helper.parameters.contains(where: { $0.kind == .map }) {
            #expect(MapType.allCases.contains { $0.permits(helper.id) }, "\(helper)")
        }
    }
}
