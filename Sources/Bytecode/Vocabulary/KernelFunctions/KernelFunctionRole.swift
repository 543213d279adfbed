extension KernelFunction {
    /// What a verifier must do at a call beyond what the function's type and flags say.
    ///
    /// Functions under a newer name (`bpf_obj_new` for `bpf_obj_new_impl`) have the same role.
    public enum Role: Hashable, Sendable, CaseIterable {
        // MARK: Objects

        /// Allocates an object of the program's own type, the first argument's number among the
        /// program's types; the result is a reference to it or null. `bpf_obj_new_impl`.
        case newObject
        /// The same, one object for each processor. `bpf_percpu_obj_new_impl`.
        case newPerCPUObject
        /// Frees an object; what its special fields hold goes with it. `bpf_obj_drop_impl`.
        case dropObject
        /// Frees a per-processor object. `bpf_percpu_obj_drop_impl`.
        case dropPerCPUObject
        /// Another reference to an object with a `bpf_refcount`; the result has the argument's type
        /// and is null only if the argument is not owned. `bpf_refcount_acquire_impl`.
        case acquireReference

        // MARK: Lists and trees; the lock of the same object or value must be held

        /// Puts an owned node in front, which is not owned from then on.
        /// `bpf_list_push_front_impl`.
        case listPushFront
        /// Puts an owned node at the end, which is not owned from then on.
        /// `bpf_list_push_back_impl`.
        case listPushBack
        /// Takes the first node out; the result is owned, or null. `bpf_list_pop_front`.
        case listPopFront
        /// Takes the last node out; the result is owned, or null. `bpf_list_pop_back`.
        case listPopBack
        /// The first node, not owned, or null. `bpf_list_front`.
        case listFront
        /// The last node, not owned, or null. `bpf_list_back`.
        case listBack
        /// Puts an owned node in order, which is not owned from then on; the order is the third
        /// argument's, a function of the program over two nodes. `bpf_rbtree_add_impl`.
        case treeAdd
        /// Takes a node out; the result is owned, or null. `bpf_rbtree_remove`.
        case treeRemove
        /// The leftmost node, not owned, or null. `bpf_rbtree_first`.
        case treeFirst
        /// The root node, not owned, or null. `bpf_rbtree_root`.
        case treeRoot
        /// A node's left child, not owned, or null. `bpf_rbtree_left`.
        case treeLeft
        /// A node's right child, not owned, or null. `bpf_rbtree_right`.
        case treeRight

        // MARK: Sections and locks

        /// Begins an RCU section; they do not nest in Linux 6.18. `bpf_rcu_read_lock`.
        case lockRCU
        /// Ends an RCU section. `bpf_rcu_read_unlock`.
        case unlockRCU
        /// Begins a section in which the program keeps its processor; they nest.
        /// `bpf_preempt_disable`.
        case disablePreemption
        /// Ends such a section. `bpf_preempt_enable`.
        case enablePreemption
        /// Disables interrupts and saves their state on the stack; they are restored in the
        /// opposite order. `bpf_local_irq_save`.
        case saveInterrupts
        /// Restores the state of interrupts. `bpf_local_irq_restore`.
        case restoreInterrupts
        /// Takes a `bpf_res_spin_lock`; the result is 0 if it is held from then on, else negative.
        /// `bpf_res_spin_lock`.
        case lockResilient
        /// Gives a `bpf_res_spin_lock` back, the last one taken. `bpf_res_spin_unlock`.
        case unlockResilient
        /// Takes a lock and disables interrupts. `bpf_res_spin_lock_irqsave`.
        case lockResilientSavingInterrupts
        /// Gives a lock back and restores interrupts. `bpf_res_spin_unlock_irqrestore`.
        case unlockResilientRestoringInterrupts

        // MARK: Dynptrs and memory

        /// A dynptr to a packet: it can be written where the program may write packets.
        /// `bpf_dynptr_from_skb`.
        case dynptrFromPacket
        /// A dynptr to a packet's metadata area. `bpf_dynptr_from_skb_meta`.
        case dynptrFromPacketMetadata
        /// A dynptr to an XDP frame. `bpf_dynptr_from_xdp`.
        case dynptrFromFrame
        /// A dynptr to a file's contents, since Linux 6.19. `bpf_dynptr_from_file`.
        case dynptrFromFile
        /// Gives a file's dynptr back, since Linux 6.19. `bpf_dynptr_file_discard`.
        case discardFileDynptr
        /// A second dynptr of the first one's kind; it dies with the same reference.
        /// `bpf_dynptr_clone`.
        case dynptrClone
        /// A part of a dynptr's memory that can be read, as long as the constant size says, or
        /// null. It may be the buffer instead. `bpf_dynptr_slice`.
        case dynptrSlice
        /// The same to read and write; the dynptr must be writable. `bpf_dynptr_slice_rdwr`.
        case dynptrWritableSlice
        /// Makes frames' first part longer: pointers into the packet are invalid after it.
        /// `bpf_xdp_pull_data`.
        case pullFrameData
        /// Pages of an arena, the map that is the first argument; Linux 6.18 takes every map when it
        /// verifies, and the result is a number to it. `bpf_arena_alloc_pages`.
        case allocateArenaPages
        /// Gives pages of an arena back. `bpf_arena_free_pages`.
        case freeArenaPages
        /// Keeps addresses of an arena free, since Linux 6.17. `bpf_arena_reserve_pages`.
        case reserveArenaPages

        // MARK: Casts

        /// The kernel's own structure behind the context (`struct sk_buff` for `__sk_buff`), alive
        /// for certain. `bpf_cast_to_kern_ctx`.
        case castToKernelContext
        /// Any address as a structure of the kernel, by its number among the kernel's types, to be
        /// read without trust; number 0 gives untrusted memory. `bpf_rdonly_cast`.
        case castReadOnly
        /// The slab cache of an address, not trusted. `bpf_get_kmem_cache`.
        case slabCache

        // MARK: Flow

        /// Ends the program, however deep the call; nothing may be held. `bpf_throw`.
        case throwException
        /// Where a compiler knew that a program goes wrong: reaching it is refused. `__bpf_trap`.
        case trap
        /// Prepares a `bpf_wq` in a value of the map that is the second argument. `bpf_wq_init`.
        case initializeWorkQueue
        /// Sets a function of the program as the work: it gets the map, the key and the value, may
        /// sleep and returns a number. `bpf_wq_set_callback_impl`.
        case setWorkQueueCallback
        /// Starts the work. `bpf_wq_start`.
        case startWorkQueue
        /// Has a function of the program run in a task's own time: it gets the map, the key and the
        /// value, and may sleep. `bpf_task_work_schedule_signal_impl`,
        /// `bpf_task_work_schedule_resume_impl`.
        case scheduleTaskWork

        // MARK: What depends on where the program runs

        /// Begins to walk a control group's tasks; only security modules' programs, iterators and
        /// sleepable programs may. `bpf_iter_css_task_new`.
        case iterateTasksOfGroup
        /// Eight bytes shared by the two ends of a session, to read and write.
        /// `bpf_session_cookie`.
        case sessionCookie
        /// Whether the program runs at the function's end. `bpf_session_is_return`.
        case sessionIsReturn
        /// Sets an attribute; the kernel takes the inode's lock or not, as the hook needs it.
        /// `bpf_set_dentry_xattr`.
        case setDirectoryEntryAttribute
        /// Removes an attribute, likewise. `bpf_remove_dentry_xattr`.
        case removeDirectoryEntryAttribute
    }
}
