namespace Jobs.Cli.Stacks;

/// <summary>Where a stack was, and when that was read.</summary>
internal sealed record CachedPlace(DateTimeOffset ReadAt, StackPlace Place);
