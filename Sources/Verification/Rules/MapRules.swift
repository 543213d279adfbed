import EBPFBytecode
import EBPFObjectFile

/// Which maps programs of a type may use (`check_map_prog_compatibility`).
struct MapRules {
    let subject: Subject

    func check() throws(Fault) {
        for map in subject.maps { try check(map) }
    }

    private var isTracing: Bool {
        switch subject.loadedType {
        case .kprobe, .tracepoint, .perfEvent, .rawTracepoint, .rawTracepointWritable: true
        case .tracing: subject.program.attachType != .traceIterator
        default: false
        }
    }

    private func check(_ map: MapFacts) throws(Fault) {
        for field in map.record.fields {
            switch field.kind {
            case .listHead, .treeRoot, .spinLock, .resilientLock:
                if isTracing, field.kind != .resilientLock { throw refusal(map, field) }
                if subject.loadedType == .socketFilter, field.kind == .spinLock {
                    throw refusal(map, field)
                }
            case .timer, .workQueue:
                if isTracing { throw refusal(map, field) }
            default: break
            }
        }
        if subject.isSleepable {
            switch map.type {
            case .hash, .lruHash, .array, .perCPUHash, .perCPUArray, .lruPerCPUHash,
                .arrayOfMaps, .hashOfMaps, .ringBuffer, .userRingBuffer, .inodeStorage,
                .socketStorage, .taskStorage, .cgroupStorage, .queue, .stack, .arena,
                .structOperations:
                break
            default:
                throw Fault(
                    .sleeping,
                    "programs that may sleep cannot use map \(map.name) of type \(map.type)")
            }
        }
    }

    private func refusal(_ map: MapFacts, _ field: SpecialRecord.Field) -> Fault {
        Fault(
            .fieldNotAllowed,
            "programs of type \(subject.loadedType) cannot use \(field.kind.title), which the values of "
                + "map \(map.name) have")
    }
}
