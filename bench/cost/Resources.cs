using Jobs.Local.Ground;

namespace Jobs.Bench.Cost;

/// <summary>What the stack has, by its place in the code.</summary>
internal static class Resources
{
    /// <summary>CDK ends each logical id with a hash.</summary>
    private const int HashLength = 8;

    /// <summary>Physical id of the resource with this construct path: a queue's is its URL.</summary>
    public static string Resource(this Laptop laptop, string path) => laptop.Host.Resources.Single(resource =>
        resource.Key.StartsWith(path, StringComparison.Ordinal)
        && resource.Key.Length == path.Length + HashLength).Value;
}
