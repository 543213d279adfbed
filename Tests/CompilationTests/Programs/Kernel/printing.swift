import EBPFProgram
@section("raw_tracepoint/sched_switch") @used
func printing(_ context: RawTracepointContext) -> Int32 {
    printk("hello")
    printk("process \(Process.id) on \(Processor.id) at \(hex: KernelTime.now)")
    printk(
        "\(Processor.node) \(randomNumber()) \(KernelTime.sinceBoot) \(Process.user) \(Process.controlGroup)"
    )
    return 0
}
