namespace Jobs.Tests.Packages.Elsewhere;

/// <summary>Packs once for all tests that take packages.</summary>
[CollectionDefinition(nameof(PackageFeed))]
#pragma warning disable CA1711 // What xunit calls it.
public sealed class FeedCollection : ICollectionFixture<PackageFeed>;
#pragma warning restore CA1711
