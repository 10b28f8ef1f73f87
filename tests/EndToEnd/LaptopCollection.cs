namespace Jobs.Tests.EndToEnd;

[CollectionDefinition(Name)]
public sealed class LaptopCollection : ICollectionFixture<RunningLaptop>
{
    public const string Name = "one running stack";
}
