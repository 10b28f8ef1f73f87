// The laptop of a test mostly waits: for a minute, a timeout, a process. One lane more than there are cores costs none
// of them much, and saves a quarter of the whole.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer("Jobs.Tests.EndToEnd.LongestFirst", "Jobs.Tests.EndToEnd")]
