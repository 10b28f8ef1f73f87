using Jobs.Tests.EndToEnd.Torture;
using Xunit.Abstractions;

namespace Jobs.Tests.EndToEnd;

/// <summary>What takes longest begins first: begun last, it would go on alone for minutes.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        JobsCollection.Name, LaptopCollection.Name, nameof(NativeTests), nameof(VerifyTests), nameof(TortureTests),
        nameof(ChaosTests), nameof(InnerLoopTests), nameof(OwnAppTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(PlaceOf);

    private static int PlaceOf(ITestCollection collection)
    {
        var place = Array.FindIndex(
            Longest, name => collection.DisplayName.Contains(name, StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
