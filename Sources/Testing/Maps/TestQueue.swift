import class EBPF.AnyMap
public import EBPFProgram
public import Testing

/// A queue or stack of a test's world.
public struct TestQueue<Element: BitwiseCopyable> {
    let access: MapAccess

    /// Puts an element in; without room that is an issue of the test.
    public func push(_ element: Element) {
        access.attempt { try $0.update([], bytes(of: element)) }
    }

    /// Takes the next element out; `nil` if there is none.
    public func pop() -> Element? {
        access.attempt { try $0.takeValue() }.flatMap { $0 }.map { plainValue(copying: $0) }
    }

    /// Takes all elements out, in the order in which they come.
    public func takeAll() -> [Element] {
        var elements: [Element] = []
        while let next = pop() { elements.append(next) }
        return elements
    }
}

/// A set of a test's world that may say yes wrongly.
public struct TestBloomFilter<Element: BitwiseCopyable> {
    let access: MapAccess

    /// Adds an element.
    public func insert(_ element: Element) {
        access.attempt { try $0.update([], bytes(of: element)) }
    }
}

extension TestWorld {
    /// A queue or stack of this world, by the global that declares it.
    public func map<Map: QueueMap & ~Copyable>(
        _ global: borrowing Map, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestQueue<Map.Element> {
        TestQueue(access: access(global, sourceLocation))
    }

    /// A set of this world, by the global that declares it.
    public func map<Element: BitwiseCopyable>(
        _ global: borrowing BloomFilter<Element>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestBloomFilter<Element> {
        TestBloomFilter(access: access(global, sourceLocation))
    }
}
