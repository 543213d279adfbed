extension KernelFunction {
    /// Sections, locks, exceptions, and work that runs later.
    static let execution: [KernelFunction] = [
        KernelFunction("__bpf_trap", since: 6, 16, [], .everything, role: .trap),
        KernelFunction(
            "bpf_local_irq_restore", since: 6, 14, [], .everything, role: .restoreInterrupts),
        KernelFunction("bpf_local_irq_save", since: 6, 14, [], .everything, role: .saveInterrupts),
        KernelFunction(
            "bpf_preempt_disable", since: 6, 10, [], .everything, role: .disablePreemption),
        KernelFunction(
            "bpf_preempt_enable", since: 6, 10, [], .everything, role: .enablePreemption),
        KernelFunction("bpf_rcu_read_lock", since: 6, 2, [], .everything, role: .lockRCU),
        KernelFunction("bpf_rcu_read_unlock", since: 6, 2, [], .everything, role: .unlockRCU),
        KernelFunction(
            "bpf_res_spin_lock", since: 6, 15, .mayReturnNull, .everything, role: .lockResilient),
        KernelFunction(
            "bpf_res_spin_lock_irqsave", since: 6, 15, .mayReturnNull, .everything,
            role: .lockResilientSavingInterrupts),
        KernelFunction(
            "bpf_res_spin_unlock", since: 6, 15, [], .everything, role: .unlockResilient),
        KernelFunction(
            "bpf_res_spin_unlock_irqrestore", since: 6, 15, [], .everything,
            role: .unlockResilientRestoringInterrupts),
        KernelFunction(
            "bpf_session_cookie", since: 6, 10, [], .kprobe, only: .sessions, role: .sessionCookie),
        KernelFunction(
            "bpf_session_is_return", since: 6, 10, [], .kprobe, only: .sessions,
            role: .sessionIsReturn),
        KernelFunction(
            "bpf_task_work_schedule_resume", since: 7, 0, .takesTrustedArguments, .everything,
            role: .scheduleTaskWork),
        KernelFunction(
            "bpf_task_work_schedule_resume_impl", since: 6, 18, .takesTrustedArguments, .everything,
            role: .scheduleTaskWork),
        KernelFunction(
            "bpf_task_work_schedule_signal", since: 7, 0, .takesTrustedArguments, .everything,
            role: .scheduleTaskWork),
        KernelFunction(
            "bpf_task_work_schedule_signal_impl", since: 6, 18, .takesTrustedArguments, .everything,
            role: .scheduleTaskWork),
        KernelFunction("bpf_throw", since: 6, 7, [], .generic, role: .throwException),
        KernelFunction("bpf_timer_cancel_async", since: 7, 0, [], .everything),
        KernelFunction("bpf_wq_init", since: 6, 10, [], .everything, role: .initializeWorkQueue),
        KernelFunction(
            "bpf_wq_set_callback", since: 7, 0, [], .everything, role: .setWorkQueueCallback),
        KernelFunction(
            "bpf_wq_set_callback_impl", since: 6, 10, [], .everything, role: .setWorkQueueCallback),
        KernelFunction("bpf_wq_start", since: 6, 10, [], .everything, role: .startWorkQueue),
        KernelFunction("crash_kexec", since: 6, 1, .destructive, .generic),
    ]
}
