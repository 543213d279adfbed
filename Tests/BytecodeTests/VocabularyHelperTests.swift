import EBPFBytecode
import Testing

@Suite struct VocabularyHelperTests {
    @Test func `all 211 helpers are there once, by dense number and by unique name`() {
        #expect(Helper.all.map(\.id.rawValue) == Array(1...211))
        #expect(Set(Helper.all.map(\.name)).count == 211)
        for id in HelperID.allCases {
            #expect(Helper(id).id == id)
            #expect(Helper(number: id.rawValue) == Helper(id))
            #expect(Helper(name: id.name)?.id == id)
            #expect(Helper(name: "bpf_" + id.name)?.id == id)
            #expect(camelCase(id.name) == String(describing: id))
        }
        #expect(Helper(number: 0) == nil)
        #expect(Helper(number: 212) == nil)
        #expect(Helper(name: "no_such_helper") == nil)
    }

    @Test func `parameters are complete: five at most, sizes follow memory, names are unique`() {
        for helper in Helper.all {
            #expect(helper.parameters.count <= 5, "\(helper)")
            #expect(Set(helper.parameters.map(\.name)).count == helper.parameters.count)
            #expect(helper.since <= .vocabulary && helper.since >= KernelVersion(3, 19))
            var previous: Helper.Parameter?
            for parameter in helper.parameters {
                #expect(!parameter.name.isEmpty && !parameter.type.isEmpty, "\(helper)")
                #expect(isSize(parameter) == previous.map(isMemory) ?? false, "\(helper)")
                if isPointer(parameter) { #expect(parameter.type.contains("*"), "\(helper)") }
                previous = parameter
            }
            if let last = previous { #expect(!isMemory(last), "\(helper)") }
            #expect(helper.parameters.filter(\.isReleased).count <= 1)
            let isNumber = helper.result == .integer || helper.result == .nothing
            // The two that return a task's address as a number.
            let isAddress = [.getCurrentTask, .taskPtRegs].contains(helper.id)
            #expect(isAddress || isNumber != helper.resultType.contains("*"), "\(helper)")
        }
    }

    @Test func `a prototype reads as C`() {
        #expect(
            Helper(.mapLookupElem).prototype
                == "void *bpf_map_lookup_elem(void *map, const void *key)"
        )
        #expect(
            Helper(.tracePrintk).prototype
                == "long bpf_trace_printk(const char *fmt, __u32 fmt_size, ...)"
        )
        #expect(Helper(.ktimeGetNs).prototype == "__u64 bpf_ktime_get_ns(void)")
        let parameter = Helper(.skbOutput).parameters[3]
        #expect(parameter.type == "void *" && parameter.name == "data")
        #expect(Helper(.skbStoreBytes).parameters[3].type == "__u32")
    }

    private func isMemory(_ parameter: Helper.Parameter) -> Bool {
        if case .memory = parameter.kind { true } else { false }
    }

    private func isSize(_ parameter: Helper.Parameter) -> Bool {
        if case .size = parameter.kind { true } else { false }
    }

    private func isPointer(_ parameter: Helper.Parameter) -> Bool {
        switch parameter.kind {
        case .anything, .unchecked, .size, .resultSize: false
        default: true
        }
    }

    private func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) { text, word in
            text + word.prefix(1).uppercased() + word.dropFirst()
        }
    }
}
