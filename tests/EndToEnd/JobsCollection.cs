namespace Jobs.Tests.EndToEnd;

[CollectionDefinition(Name)]
public sealed class JobsCollection : ICollectionFixture<JobsLaptop>
{
    public const string Name = "one running stack of jobs that fail";
}
