// Most of a test's time the laptop waits: for a minute, a timeout, a process. One more than there are cores costs none of
// them much, and saves a quarter of the whole.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
