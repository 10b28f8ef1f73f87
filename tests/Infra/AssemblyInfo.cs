// CDK runs in one Node process for all tests, which takes one call at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
