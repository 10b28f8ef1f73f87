// Some tests set environment variables that the SDK reads, so one test runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
